import { type ArchivalRecord, type ArchivalState, type DeletionState } from '@scorekeep/core/domain-archive';

/** A row of `archival_ledger`, as the driver gives it. */
export interface ArchivalLedgerValues {
  readonly batch_id: string;
  readonly collection_id: string;
  readonly iso_year: number;
  readonly iso_week: number;
  readonly job: string;
  readonly request_id: string;
  readonly archival: ArchivalState;
  readonly deletion: DeletionState;
  readonly iteration: number;
  readonly deleted_through_iteration: number;
  readonly started_on: Date | null;
  readonly completed_on: Date | null;
  readonly verified_on: Date | null;
  readonly deleted_on: Date | null;
  readonly object_keys: readonly string[] | null;
  readonly archived_rows: bigint;
  readonly archived_bytes: bigint;
  readonly request: string;
  readonly error: string | null;
  readonly owner: string | null;
  readonly lease_expires_on: Date | null;
  readonly version: number;
}

type StoredColumn = Exclude<keyof ArchivalLedgerValues, 'batch_id' | 'collection_id' | 'iso_year' | 'iso_week' | 'job'>;

/** Every column but those of the key, with its value; null where the cell is to be empty. */
export function ledgerColumns(record: ArchivalRecord): { readonly [column in StoredColumn]: unknown } {
  return {
    request_id: record.requestId,
    archival: record.archival,
    deletion: record.deletion,
    iteration: record.iteration,
    deleted_through_iteration: record.deletedThroughIteration,
    started_on: toDate(record.startedOnMs),
    completed_on: toDate(record.completedOnMs),
    verified_on: toDate(record.verifiedOnMs),
    deleted_on: toDate(record.deletedOnMs),
    object_keys: record.objectKeys,
    archived_rows: BigInt(record.rows),
    archived_bytes: BigInt(record.bytes),
    request: record.request,
    error: record.error,
    owner: record.owner,
    lease_expires_on: toDate(record.leaseExpiresOnMs),
    version: record.version,
  };
}

export function toArchivalRecord(values: ArchivalLedgerValues): ArchivalRecord {
  return {
    batchId: values.batch_id,
    collectionId: values.collection_id,
    week: { isoYear: values.iso_year, isoWeek: values.iso_week },
    job: values.job,
    requestId: values.request_id,
    archival: values.archival,
    deletion: values.deletion,
    iteration: values.iteration,
    deletedThroughIteration: values.deleted_through_iteration,
    startedOnMs: toMs(values.started_on),
    completedOnMs: toMs(values.completed_on),
    verifiedOnMs: toMs(values.verified_on),
    deletedOnMs: toMs(values.deleted_on),
    objectKeys: values.object_keys ?? [],
    rows: Number(values.archived_rows),
    bytes: Number(values.archived_bytes),
    request: values.request,
    error: values.error,
    owner: values.owner,
    leaseExpiresOnMs: toMs(values.lease_expires_on),
    version: values.version,
  };
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

function toMs(date: Date | null): number | null {
  return date === null ? null : date.getTime();
}
