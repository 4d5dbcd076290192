import { InMemoryLearnerEnrolments } from '@scorekeep/core/testing-core';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { SyncEnrolment } from './sync-enrolment.use-case';

const learner = { userId: 'me', courseId: 'c', batchId: 'b' };

function setUp() {
  const enrolments = new InMemoryLearnerEnrolments();
  const publisher = new RecordingPublisher();
  const sync = new SyncEnrolment(enrolments, publisher, { topicPrefix: 'test', nowMs: () => 1700 });
  return { enrolments, publisher, sync };
}

describe('SyncEnrolment', () => {
  it('with an enrolment for user, course and batch, asks for a sync, keyed by user id', async () => {
    const { enrolments, publisher, sync } = setUp();
    enrolments.enrol(learner);
    await sync.execute(learner, ['me']);
    const [message, ...more] = publisher.publishedTo('test.batch.enrolment.sync.request');
    expect(more).toEqual([]);
    expect(Buffer.from(message?.key ?? []).toString()).toBe('me');
    expect(JSON.parse(Buffer.from(message?.value ?? []).toString())).toMatchObject({
      eid: 'BE_JOB_REQUEST',
      mid: expect.stringMatching(/^LP\.1700\.[0-9a-f-]{36}$/) as unknown,
      edata: { action: 'user-enrolment-sync', ...learner },
    });
  });

  it('without one, refuses', async () => {
    const { enrolments, publisher, sync } = setUp();
    enrolments.enrol({ ...learner, batchId: 'other' });
    await expect(sync.execute(learner, ['me'])).rejects.toMatchObject({ code: 'CONTENT_STATE.NOT_ENROLLED' });
    expect(publisher.published).toEqual([]);
  });

  it('does not do it for somebody whom the caller may not act for', async () => {
    const { enrolments, sync } = setUp();
    enrolments.enrol(learner);
    await expect(sync.execute(learner, ['somebody', 'else'])).rejects.toMatchObject({
      code: 'CONTENT_STATE.NOT_YOURS',
    });
  });

  it('fails when Kafka does not acknowledge it', async () => {
    const { enrolments, publisher, sync } = setUp();
    enrolments.enrol(learner);
    publisher.failNext(1);
    await expect(sync.execute(learner, ['me'])).rejects.toMatchObject({ code: 'KAFKA.UNAVAILABLE' });
  });
});
