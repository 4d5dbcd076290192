export interface CertificateRequest {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
  /** The learner's latest attempt, where the course has exactly one assessed content for them; else empty. */
  readonly attemptId: string;
}

/**
 * Value of a message to `issue.certificate.request`; its key is the user id.
 *
 * @param etsMs now, ms since epoch
 * @param uuid a random UUID (version 4)
 */
export function certificateRequestMessage(request: CertificateRequest, etsMs: number, uuid: string): string {
  const { userId, courseId, batchId, attemptId } = request;
  return JSON.stringify({
    eid: 'BE_JOB_REQUEST',
    ets: etsMs,
    mid: `LP.${etsMs}.${uuid}`,
    actor: { id: 'Course Certificate Generator', type: 'System' },
    context: { pdata: { ver: '1.0', id: 'org.sunbird.platform' } },
    object: { id: `${batchId}_${courseId}`, type: 'CourseCertificateGeneration' },
    edata: {
      userIds: [userId],
      action: 'issue-certificate',
      iteration: 1,
      trigger: 'auto-issue',
      batchId,
      reIssue: false,
      courseId,
      attemptId,
    },
  });
}
