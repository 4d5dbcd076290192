import { type ArchivalRecord } from '@scorekeep/core/domain-archive';

const batchId = 'batch-1';
/** A week of the tests' batch in 2023, of its course unless another one is given. */
export const weekOf = (isoWeek: number, collectionId = 'do_course') => ({
  batchId,
  collectionId,
  week: { isoYear: 2023, isoWeek },
});

/** What is recorded of it: archived by Scorekeep, unless something else is given. */
export function recordOf(isoWeek: number, given: Partial<ArchivalRecord>): ArchivalRecord {
  return {
    ...weekOf(isoWeek),
    requestId: `request ${isoWeek}`,
    job: 'assessment-archival',
    archival: 'SUCCESS',
    deletion: 'PENDING',
    iteration: 1,
    deletedThroughIteration: 0,
    startedOnMs: 0,
    completedOnMs: 0,
    verifiedOnMs: null,
    deletedOnMs: null,
    objectKeys: [],
    rows: 0,
    bytes: 0,
    request: '',
    error: null,
    owner: null,
    leaseExpiresOnMs: null,
    version: 1,
    ...given,
  };
}
