export interface ConsumedContents {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
  /** Status: 0 not begun, 1 begun, 2 completed. */
  readonly contents: readonly { readonly contentId: string; readonly status: number }[];
}

/**
 * Value of a message to `coursebatch.job.request`, one per learner and batch; its key is the user id.
 *
 * @param etsMs now, ms since epoch
 * @param uuid a random UUID (version 4)
 */
export function contentConsumptionMessage(consumption: ConsumedContents, etsMs: number, uuid: string): string {
  const { userId, batchId, courseId, contents } = consumption;
  return JSON.stringify({
    eid: 'BE_JOB_REQUEST',
    ets: etsMs,
    mid: `LP.${etsMs}.${uuid}`,
    actor: { id: 'Course Batch Updater', type: 'System' },
    context: { pdata: { ver: '1.0', id: 'org.sunbird.platform' } },
    object: { id: `${batchId}_${userId}`, type: 'CourseBatchEnrolment' },
    edata: {
      action: 'batch-enrolment-update',
      iteration: 1,
      userId,
      batchId,
      courseId,
      contents: contents.map(({ contentId, status }) => ({ contentId, status })),
    },
  });
}
