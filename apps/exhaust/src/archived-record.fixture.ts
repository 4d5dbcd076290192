import { archivalJob, type ArchivalRecord, type BatchWeek, formatIsoWeek } from '@scorekeep/core/domain-archive';

export type ArchivedWeek = BatchWeek;

/** What is recorded of a week whose first archival succeeded. */
export function archivedRecord(batchWeek: BatchWeek, rows: number): ArchivalRecord {
  return {
    ...batchWeek,
    requestId: `${batchWeek.batchId} ${formatIsoWeek(batchWeek.week)}`,
    job: archivalJob,
    archival: 'SUCCESS',
    deletion: 'PENDING',
    iteration: 1,
    deletedThroughIteration: 0,
    startedOnMs: 1,
    completedOnMs: 2,
    verifiedOnMs: null,
    deletedOnMs: null,
    objectKeys: [],
    rows,
    bytes: 1,
    request: '{}',
    error: null,
    owner: null,
    leaseExpiresOnMs: null,
    version: 1,
  };
}
