import {
  assertFreeFor,
  assertHolds,
  assertNotLeased,
  leasedNext,
  type LeaseHolder,
  type LeaseRequest,
  next,
  refused,
  released,
} from './archival-lease';
import { archivalJob, type ArchivalRecord } from './archival-record';
import { type BatchWeek, currentManifests, type Manifest } from './manifest';

/** What is to be archived. */
export interface ArchivalClaim {
  readonly batchWeek: BatchWeek;
  /** See `requestIdOf`. */
  readonly requestId: string;
  /**
   * The one to publish: one above the last whose manifest is there. A takeover of an unfinished try keeps its number,
   * so that of two holders only one can publish.
   */
  readonly iteration: number;
  /** What was asked for, as text. */
  readonly request: string;
  /** The week was asked for by name: a restored one is taken too. Default false. */
  readonly named?: boolean;
}

const longestError = 300;

/**
 * Archival begins: RUNNING. Taken are a week without a record, PENDING, FAILED, RUNNING with an expired lease, SUCCESS
 * for a further iteration, RESTORED when named.
 *
 * @throws ARCHIVE.LEASE_HELD while somebody works on the week; ARCHIVE.INVALID_STATE
 */
export function takeLease(
  record: ArchivalRecord | undefined,
  claim: ArchivalClaim,
  lease: LeaseRequest,
): ArchivalRecord {
  const base = record ?? unrecorded(claim);
  assertNotLeased(base, lease.nowMs);
  if (claim.iteration < Math.max(1, base.iteration)) throw refused(base, `archive iteration ${claim.iteration}`);
  if (base.archival === 'SUCCESS' && claim.iteration === base.iteration) throw refused(base, 'archive it again');
  if (base.archival === 'RESTORED' && claim.named !== true)
    throw refused(base, 'archive it without being asked by name');
  return {
    ...leasedNext(base, lease),
    archival: 'RUNNING',
    deletion: 'PENDING',
    iteration: claim.iteration,
    request: claim.request,
    startedOnMs: lease.nowMs,
    completedOnMs: null,
    verifiedOnMs: null,
    deletedOnMs: null,
    error: null,
  };
}

/** Records a key before its upload. @throws ARCHIVE.LEASE_LOST; ARCHIVE.INVALID_STATE */
export function recordObject(record: ArchivalRecord, key: string, holder: LeaseHolder): ArchivalRecord {
  assertRunning(record, holder, 'archival');
  const objectKeys = record.objectKeys.includes(key) ? record.objectKeys : [...record.objectKeys, key];
  return { ...next(record), objectKeys };
}

/**
 * Archival ends: SUCCESS, and the lease is given back.
 *
 * @param manifests all that are published for the week now, former iterations included; rows and bytes of replaced ones
 *   are not counted. With none there was no row to archive, and nothing is left to delete
 * @throws ARCHIVE.LEASE_LOST; ARCHIVE.INVALID_STATE
 */
export function markArchived(
  record: ArchivalRecord,
  manifests: readonly Manifest[],
  holder: LeaseHolder,
): ArchivalRecord {
  assertRunning(record, holder, 'archival');
  const iteration = manifests.reduce((highest, manifest) => Math.max(highest, manifest.iteration), 0);
  const objects = currentManifests(manifests).flatMap((manifest) => manifest.objects);
  return {
    ...released(record),
    archival: 'SUCCESS',
    deletion: record.deletedThroughIteration >= iteration ? 'SUCCESS' : 'PENDING',
    iteration,
    rows: objects.reduce((sum, { rows }) => sum + rows, 0),
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
    completedOnMs: holder.nowMs,
    error: null,
  };
}

/**
 * What is RUNNING becomes FAILED, and the lease is given back. A week that is being restored stays RESTORED, so that no
 * schedule takes its rows away again.
 *
 * @throws ARCHIVE.LEASE_LOST; ARCHIVE.INVALID_STATE
 */
export function markFailed(record: ArchivalRecord, error: string, holder: LeaseHolder): ArchivalRecord {
  assertHolds(record, holder);
  const { archival, deletion } = record;
  if (!isWorkedOn(record)) throw refused(record, 'fail');
  return {
    ...released(record),
    archival: archival === 'RUNNING' ? 'FAILED' : archival,
    deletion: deletion === 'RUNNING' ? 'FAILED' : deletion,
    error: Array.from(error).slice(0, longestError).join(''),
  };
}

/**
 * The work was called off: what is RUNNING becomes PENDING, and the lease is given back. Nothing is wrong with the week.
 *
 * @throws ARCHIVE.LEASE_LOST; ARCHIVE.INVALID_STATE
 */
export function markInterrupted(record: ArchivalRecord, holder: LeaseHolder): ArchivalRecord {
  assertHolds(record, holder);
  const { archival, deletion } = record;
  if (!isWorkedOn(record)) throw refused(record, 'be interrupted');
  return {
    ...released(record),
    archival: archival === 'RUNNING' ? 'PENDING' : archival,
    deletion: deletion === 'RUNNING' ? 'PENDING' : deletion,
  };
}

/**
 * Rows are about to go back into the table: RESTORED, from now on left alone until it is asked for by name. Taken are
 * weeks of which something is archived, whatever their state, and weeks without a record.
 *
 * @throws ARCHIVE.LEASE_HELD while somebody works on the week
 */
export function takeForRestore(
  record: ArchivalRecord | undefined,
  claim: ArchivalClaim,
  lease: LeaseRequest,
): ArchivalRecord {
  const base = record ?? unrecorded(claim);
  assertNotLeased(base, lease.nowMs);
  return {
    ...leasedNext(base, lease),
    archival: 'RESTORED',
    deletion: 'PENDING',
    request: claim.request,
    startedOnMs: lease.nowMs,
    completedOnMs: null,
    verifiedOnMs: null,
    deletedOnMs: null,
    error: null,
  };
}

/** Every row is back: the lease is given back. @throws ARCHIVE.LEASE_LOST; ARCHIVE.INVALID_STATE */
export function markRestored(record: ArchivalRecord, holder: LeaseHolder): ArchivalRecord {
  assertHolds(record, holder);
  if (record.archival !== 'RESTORED') throw refused(record, 'be restored');
  return { ...released(record), completedOnMs: holder.nowMs, error: null };
}

/**
 * A verification passed. The first one of what is archived now stays: verifying again does not put off deletion.
 *
 * @throws ARCHIVE.LEASE_HELD while somebody else works on the week; ARCHIVE.INVALID_STATE
 */
export function markVerified(record: ArchivalRecord, holder: LeaseHolder): ArchivalRecord {
  assertFreeFor(record, holder);
  if (record.archival !== 'SUCCESS') throw refused(record, 'be verified');
  return { ...next(record), verifiedOnMs: record.verifiedOnMs ?? holder.nowMs };
}

/**
 * A live row of the week is in no object: to be archived again. Gives back the holder's own lease.
 *
 * @throws ARCHIVE.LEASE_HELD while somebody else works on the week; ARCHIVE.INVALID_STATE when it is restored
 */
export function markPending(record: ArchivalRecord, holder: LeaseHolder): ArchivalRecord {
  assertFreeFor(record, holder);
  if (record.archival === 'RESTORED') throw refused(record, 'become pending');
  return {
    ...released(record),
    archival: 'PENDING',
    deletion: record.deletion === 'RUNNING' ? 'PENDING' : record.deletion,
    verifiedOnMs: null,
  };
}

/** True when what is archived was verified at least `deleteAfterMs` ago and is not deleted yet. */
export function isDeletable(record: ArchivalRecord, nowMs: number, deleteAfterMs: number): boolean {
  const { archival, deletion, verifiedOnMs } = record;
  if (archival !== 'SUCCESS' || deletion === 'SUCCESS' || verifiedOnMs === null) return false;
  return verifiedOnMs + deleteAfterMs <= nowMs;
}

/** Deletion begins: RUNNING. @throws ARCHIVE.LEASE_HELD while somebody works on the week; ARCHIVE.INVALID_STATE unless deletable */
export function takeForDeletion(record: ArchivalRecord, deleteAfterMs: number, lease: LeaseRequest): ArchivalRecord {
  assertNotLeased(record, lease.nowMs);
  if (!isDeletable(record, lease.nowMs, deleteAfterMs)) throw refused(record, 'be deleted');
  return { ...leasedNext(record, lease), deletion: 'RUNNING', error: null };
}

/** Deletion ends: SUCCESS, and the lease is given back. @throws ARCHIVE.LEASE_LOST; ARCHIVE.INVALID_STATE */
export function markDeleted(record: ArchivalRecord, holder: LeaseHolder): ArchivalRecord {
  assertRunning(record, holder, 'deletion');
  return {
    ...released(record),
    deletion: 'SUCCESS',
    deletedThroughIteration: record.iteration,
    deletedOnMs: holder.nowMs,
    error: null,
  };
}

function unrecorded({ batchWeek: { batchId, collectionId, week }, requestId, request }: ArchivalClaim): ArchivalRecord {
  return {
    batchId,
    collectionId,
    week,
    requestId,
    job: archivalJob,
    archival: 'PENDING',
    deletion: 'PENDING',
    iteration: 0,
    deletedThroughIteration: 0,
    startedOnMs: null,
    completedOnMs: null,
    verifiedOnMs: null,
    deletedOnMs: null,
    objectKeys: [],
    rows: 0,
    bytes: 0,
    request,
    error: null,
    owner: null,
    leaseExpiresOnMs: null,
    version: 0,
  };
}

function isWorkedOn({ archival, deletion }: ArchivalRecord): boolean {
  return archival === 'RUNNING' || archival === 'RESTORED' || deletion === 'RUNNING';
}

function assertRunning(record: ArchivalRecord, holder: LeaseHolder, what: 'archival' | 'deletion'): void {
  assertHolds(record, holder);
  if (record[what] !== 'RUNNING') throw refused(record, `go on with its ${what}`);
}
