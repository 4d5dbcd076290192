import { certificateRequestMessage } from './certificate-request.builder';
import { allTopicNames } from './topics';

describe('certificateRequestMessage', () => {
  it('is what the certificate generator reads', () => {
    const request = { userId: 'u', courseId: 'c', batchId: 'b', attemptId: 'a' };
    expect(JSON.parse(certificateRequestMessage(request, 1_700_000_000_000, 'uuid'))).toEqual({
      eid: 'BE_JOB_REQUEST',
      ets: 1_700_000_000_000,
      mid: 'LP.1700000000000.uuid',
      actor: { id: 'Course Certificate Generator', type: 'System' },
      context: { pdata: { ver: '1.0', id: 'org.sunbird.platform' } },
      object: { id: 'b_c', type: 'CourseCertificateGeneration' },
      edata: {
        userIds: ['u'],
        action: 'issue-certificate',
        iteration: 1,
        trigger: 'auto-issue',
        batchId: 'b',
        reIssue: false,
        courseId: 'c',
        attemptId: 'a',
      },
    });
  });
});

describe('allTopicNames', () => {
  it('puts the environment before every name', () => {
    expect(allTopicNames('prod')).toContain('prod.telemetry.assess.failed');
    expect(allTopicNames('prod')).toHaveLength(8);
  });
});
