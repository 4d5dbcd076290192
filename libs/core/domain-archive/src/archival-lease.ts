import { AppError } from '@scorekeep/platform/util-errors';
import { type ArchivalRecord } from './archival-record';
import { archiveErrorCodes } from './archive.errors';
import { formatIsoWeek } from './iso-week';
import { type BatchWeek } from './manifest';

/** Who acts, and when. An owner is one run of one process, not a machine. */
export interface LeaseHolder {
  readonly owner: string;
  /** Ms since epoch. */
  readonly nowMs: number;
}

/** The same, and how long the lease is to last. */
export interface LeaseRequest extends LeaseHolder {
  readonly leaseMs: number;
}

/** True while somebody's lease has not expired. */
export function isLeased(record: ArchivalRecord, nowMs: number): boolean {
  return record.owner !== null && record.leaseExpiresOnMs !== null && record.leaseExpiresOnMs > nowMs;
}

/** @throws ARCHIVE.LEASE_LOST */
export function renewLease(record: ArchivalRecord, lease: LeaseRequest): ArchivalRecord {
  assertHolds(record, lease);
  return leasedNext(record, lease);
}

export function next(record: ArchivalRecord): ArchivalRecord {
  return { ...record, version: record.version + 1 };
}

export function leasedNext(record: ArchivalRecord, { owner, nowMs, leaseMs }: LeaseRequest): ArchivalRecord {
  return { ...next(record), owner, leaseExpiresOnMs: nowMs + leaseMs };
}

export function released(record: ArchivalRecord): ArchivalRecord {
  return { ...next(record), owner: null, leaseExpiresOnMs: null };
}

function holds(record: ArchivalRecord, { owner, nowMs }: LeaseHolder): boolean {
  return record.owner === owner && isLeased(record, nowMs);
}

export function assertHolds(record: ArchivalRecord, holder: LeaseHolder): void {
  if (holds(record, holder)) return;
  throw new AppError(archiveErrorCodes.leaseLost, `${holder.owner} no longer holds the lease of ${nameOf(record)}`, {
    context: contextOf(record),
  });
}

export function assertFreeFor(record: ArchivalRecord, holder: LeaseHolder): void {
  if (!holds(record, holder)) assertNotLeased(record, holder.nowMs);
}

export function assertNotLeased(record: ArchivalRecord, nowMs: number): void {
  if (!isLeased(record, nowMs)) return;
  throw new AppError(archiveErrorCodes.leaseHeld, `${record.owner ?? ''} is working on ${nameOf(record)}`, {
    context: contextOf(record),
    retryable: true,
  });
}

export function refused(record: ArchivalRecord, what: string): AppError {
  const state = `archival ${record.archival}, deletion ${record.deletion}, iteration ${record.iteration}`;
  return new AppError(archiveErrorCodes.invalidState, `${nameOf(record)} (${state}) cannot ${what} now`, {
    context: contextOf(record),
  });
}

function nameOf({ batchId, collectionId, week }: BatchWeek): string {
  return `week ${formatIsoWeek(week)} of batch ${batchId}, collection ${collectionId}`;
}

function contextOf({ batchId, collectionId, week }: BatchWeek): Record<string, string> {
  return { batchId, collectionId, week: formatIsoWeek(week) };
}
