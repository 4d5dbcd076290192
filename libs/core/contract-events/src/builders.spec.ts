import { certificateRequestMessage } from './certificate-request.builder';
import { failedEvent } from './failed-event.builder';
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

describe('failedEvent', () => {
  const record = { value: new TextEncoder().encode('{"a":1}'), headers: { trace: new Uint8Array([1]) } };

  it('is the original object with reason and source in its metadata, and the reason in a header', () => {
    const { value, headers } = failedEvent(record, { a: 1, metadata: { kept: true } }, 'invalid content');
    expect(JSON.parse(new TextDecoder().decode(value ?? undefined))).toEqual({
      a: 1,
      metadata: { kept: true, validation_error: 'invalid content', src: 'AssessmentAggregator' },
    });
    expect(headers).toEqual({ trace: record.headers.trace, validation_error: 'invalid content' });
  });

  it('keeps the bytes of what was no JSON object', () => {
    const broken = { value: new Uint8Array([0xff, 0x00]), headers: {} };
    expect(failedEvent(broken, undefined, 'not JSON')).toEqual({
      value: broken.value,
      headers: { validation_error: 'not JSON' },
    });
  });
});

describe('allTopicNames', () => {
  it('puts the environment before every name', () => {
    expect(allTopicNames('prod')).toContain('prod.telemetry.assess.failed');
    expect(allTopicNames('prod')).toHaveLength(8);
  });
});
