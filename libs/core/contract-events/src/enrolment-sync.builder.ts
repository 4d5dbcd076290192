export interface EnrolmentSync {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
}

/**
 * Value of a message to `batch.enrolment.sync.request`; its key is the user id.
 *
 * @param etsMs now, ms since epoch
 * @param uuid a random UUID (version 4)
 */
export function enrolmentSyncMessage(
  { userId, courseId, batchId }: EnrolmentSync,
  etsMs: number,
  uuid: string,
): string {
  return JSON.stringify({
    eid: 'BE_JOB_REQUEST',
    ets: etsMs,
    mid: `LP.${etsMs}.${uuid}`,
    actor: { type: 'System', id: 'Course Batch Updater' },
    context: { pdata: { ver: '1.0', id: 'org.sunbird.platform' } },
    object: { type: 'CourseBatchEnrolment', id: `${batchId}_${userId}` },
    edata: { action: 'user-enrolment-sync', iteration: 1, batchId, userId, courseId },
  });
}
