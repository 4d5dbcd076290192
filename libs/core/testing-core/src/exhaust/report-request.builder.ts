import { type ReportRequest, type Submission } from '@scorekeep/core/domain-exhaust';

/** What an official of one organisation asks for. */
export function aSubmission(given: Partial<Submission> = {}): Submission {
  return {
    tag: 'do_course_batch-1:channel-1',
    requestId: 'A1B2',
    dataset: 'response-exhaust',
    requestedBy: 'official-1',
    channel: 'channel-1',
    organisationId: 'channel-1',
    collectionId: 'do_course',
    batchIds: ['batch-1'],
    config: '{"batchId":"batch-1"}',
    format: 'csv',
    password: null,
    ...given,
  };
}

/** A request that was just submitted. */
export function aReportRequest(given: Partial<ReportRequest> = {}): ReportRequest {
  return {
    ...aSubmission(),
    state: 'SUBMITTED',
    submission: 1,
    submittedOnMs: 1_700_000_000_000,
    updatedOnMs: 1_700_000_000_000,
    startedOnMs: null,
    completedOnMs: null,
    tries: 0,
    run: 0,
    notBeforeMs: null,
    statusMessage: null,
    progress: { percent: 0, rows: 0 },
    files: [],
    owner: null,
    leaseExpiresOnMs: null,
    version: 1,
    ...given,
  };
}
