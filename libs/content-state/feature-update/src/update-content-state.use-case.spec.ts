import {
  aContentUpdate,
  InMemoryBatchStates,
  InMemoryConsumptionRows,
  InMemoryLearnerEnrolments,
} from '@scorekeep/core/testing-core';
import { completionOf, type ContentUpdate, type SubmittedItem } from '@scorekeep/core/domain-content-state';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { UpdateContentState } from './update-content-state.use-case';

const learner = { userId: 'me', courseId: 'course', batchId: 'batch' };
const actsFor = ['me'];

function setUp() {
  const states = new InMemoryBatchStates();
  states.add(learner, 1);
  states.add({ courseId: 'course', batchId: 'ended' }, 2);
  const rows = new InMemoryConsumptionRows();
  const enrolments = new InMemoryLearnerEnrolments();
  const publisher = new RecordingPublisher();
  const clock = { nowMs: 1_800_000_000_000 };
  const update = new UpdateContentState(states, rows, enrolments, publisher, {
    topicPrefix: 'test',
    nowMs: () => clock.nowMs,
  });
  return { states, rows, enrolments, publisher, clock, update };
}

const aContent = (given: Partial<ContentUpdate>, of = learner): SubmittedItem => ({
  ...of,
  kind: 'content',
  update: aContentUpdate(given),
  original: { contentId: given.contentId, from: 'the app' },
});

const anAssessment = (contentId: string, given: object = {}, of = learner): SubmittedItem => ({
  ...of,
  kind: 'assessment',
  update: completionOf(contentId),
  original: { contentId, attemptId: 'a', events: [{ eid: 'ASSESS', actor: { id: 'old' } }], ...given },
});

const decoder = new TextDecoder();

function messagesTo(publisher: RecordingPublisher, topic: string) {
  return publisher.publishedTo(`test.${topic}`).map(({ key, value }) => ({
    key: decoder.decode(key ?? undefined),
    value: JSON.parse(decoder.decode(value ?? undefined)) as Record<string, unknown>,
  }));
}

describe('UpdateContentState', () => {
  it('one message per learner and batch goes out, with each content’s status after merging', async () => {
    const { update, publisher, rows, states } = setUp();
    states.add({ courseId: 'other', batchId: 'second' }, 1);
    rows.put(learner, { ...aRow('a'), status: 2, progress: 100 });
    await update.execute({
      items: [
        aContent({ contentId: 'a', status: 1 }),
        aContent({ contentId: 'b', status: 1 }),
        aContent({ contentId: 'b', status: 0 }),
        aContent({ contentId: 'c', status: 0 }, { ...learner, courseId: 'other', batchId: 'second' }),
      ],
      actsFor,
    });
    const sent = messagesTo(publisher, 'coursebatch.job.request');
    expect(sent.map(({ key, value }) => ({ key, edata: value['edata'] }))).toMatchObject([
      {
        key: 'me',
        edata: {
          ...learner,
          contents: [
            { contentId: 'a', status: 2 },
            { contentId: 'b', status: 1 },
          ],
        },
      },
      { key: 'me', edata: { courseId: 'other', batchId: 'second', contents: [{ contentId: 'c', status: 0 }] } },
    ]);
  });

  it('an assessment also counts as a content with status 2', async () => {
    const { update, rows, clock } = setUp();
    await update.execute({ items: [anAssessment('x')], actsFor });
    expect(rows.of(learner)).toMatchObject([
      { contentId: 'x', status: 2, progress: 100, lastAccessMs: clock.nowMs, lastCompletedMs: clock.nowMs },
    ]);
  });

  it('each assessment is sent to telemetry.assess, keyed by user id, with userId and actor.id of the acting user', async () => {
    const { update, publisher } = setUp();
    await update.execute({ items: [anAssessment('x', { userId: 'old', extra: 1 }), anAssessment('y')], actsFor });
    expect(messagesTo(publisher, 'telemetry.assess')).toEqual([
      {
        key: 'me',
        value: {
          ...{ contentId: 'x', attemptId: 'a', userId: 'me', extra: 1 },
          events: [{ eid: 'ASSESS', actor: { type: 'User', id: 'me' } }],
        },
      },
      expect.objectContaining({
        key: 'me',
        value: expect.objectContaining({ contentId: 'y', userId: 'me' }) as unknown,
      }),
    ]);
  });

  it('the enrolment remembers the content accessed last, its status and time', async () => {
    const { update, enrolments } = setUp();
    enrolments.enrol(learner);
    const early = aContent({ contentId: 'a', status: 2, lastAccessMs: 1_000 });
    const late = aContent({ contentId: 'b', status: 1, lastAccessMs: 2_000 });
    await update.execute({ items: [late, early], actsFor });
    expect(await enrolments.find(learner)).toEqual({ contentId: 'b', status: 1, accessMs: 2_000 });
  });

  it('a phone that syncs late does not set back what the enrolment remembers, but its contents are merged', async () => {
    const { update, enrolments, rows } = setUp();
    enrolments.enrol(learner);
    await update.execute({ items: [aContent({ contentId: 'a', status: 1, lastAccessMs: 2_000 })], actsFor });
    await update.execute({ items: [aContent({ contentId: 'b', status: 1, lastAccessMs: 1_000 })], actsFor });
    expect(await enrolments.find(learner)).toEqual({ contentId: 'a', status: 1, accessMs: 2_000 });
    expect(rows.of(learner)).toHaveLength(2);
  });

  it('no enrolment is made of an update', async () => {
    const { update, enrolments, rows } = setUp();
    await update.execute({ items: [aContent({ contentId: 'a' })], actsFor });
    expect(await enrolments.find(learner)).toBeUndefined();
    expect(rows.of(learner)).toHaveLength(1);
  });

  it.each(['coursebatch.job.request', 'telemetry.assess', 'contentstate.invalid'])(
    'nothing is written when Kafka refused %s',
    async (refused) => {
      const { update, rows, enrolments, publisher } = setUp();
      enrolments.enrol(learner);
      const publish = publisher.publish.bind(publisher);
      publisher.publish = (topic, messages) =>
        topic === `test.${refused}` ? Promise.reject(new Error('refused')) : publish(topic, messages);
      const others = aContent({ contentId: 'z' }, { ...learner, userId: 'other' });
      const items = [aContent({ contentId: 'a' }), anAssessment('x'), others];
      await expect(update.execute({ items, actsFor })).rejects.toThrow('refused');
      expect(rows.of(learner)).toEqual([]);
      expect(await enrolments.find(learner)).toMatchObject({ contentId: null });
    },
  );

  it('messages are acknowledged before rows are written, and rows before the enrolment', async () => {
    const { update, rows, enrolments, publisher } = setUp();
    enrolments.enrol(learner);
    const steps: string[] = [];
    const [publish, replace, record] = [
      publisher.publish.bind(publisher),
      rows.replace.bind(rows),
      enrolments.recordLastRead.bind(enrolments),
    ];
    publisher.publish = async (topic, messages) => {
      await new Promise((resolve) => setImmediate(resolve));
      await publish(topic, messages);
      if (messages.length > 0) steps.push(topic);
    };
    rows.replace = (...given) => {
      steps.push('rows');
      return replace(...given);
    };
    enrolments.recordLastRead = (...given) => {
      steps.push('enrolment');
      return record(...given);
    };
    await update.execute({ items: [aContent({ contentId: 'a' }), anAssessment('x')], actsFor });
    expect(steps).toEqual(['test.coursebatch.job.request', 'test.telemetry.assess', 'rows', 'enrolment']);
  });

  it('a second identical call leaves the same rows and enrolment, but for last_updated_time', async () => {
    const { update, rows, enrolments, clock } = setUp();
    enrolments.enrol(learner);
    const items = [
      aContent({ contentId: 'a', status: 1, progress: 50 }),
      aContent({ contentId: 'b', status: 1, progress: 40, lastAccessMs: 5, viewCount: 2, progressDetails: '{}' }),
      aContent({ contentId: 'c', status: 2 }),
      anAssessment('x'),
    ];
    await update.execute({ items, actsFor });
    const [first, enrolment] = [rows.of(learner), await enrolments.find(learner)];
    clock.nowMs += 86_400_000;
    await update.execute({ items, actsFor });
    expect(rows.of(learner)).toEqual(first.map((row) => ({ ...row, lastUpdatedMs: clock.nowMs })));
    expect(await enrolments.find(learner)).toEqual(enrolment);
  });

  it('items of others go to contentstate.invalid, by user and kind, and are not stored', async () => {
    const { update, rows, publisher } = setUp();
    const other = { ...learner, userId: 'other' };
    const plan = await update.execute({
      items: [aContent({ contentId: 'a' }, other), aContent({ contentId: 'b' }), anAssessment('x', {}, other)],
      actsFor,
    });
    expect(plan.rejected).toHaveLength(2);
    expect(messagesTo(publisher, 'contentstate.invalid')).toMatchObject([
      { key: 'other', value: { validUserIds: ['me'], invalidContents: [{ contentId: 'a', from: 'the app' }] } },
      { key: 'other', value: { validUserIds: ['me'], invalidAssessments: [{ contentId: 'x', attemptId: 'a' }] } },
    ]);
    expect(rows.of(other)).toEqual([]);
    expect(messagesTo(publisher, 'telemetry.assess')).toEqual([]);
  });

  it('of batches that are unknown or not ongoing nothing is stored or sent', async () => {
    const { update, publisher } = setUp();
    const unknown = { ...learner, batchId: 'unknown' };
    const ended = { ...learner, batchId: 'ended' };
    const items = [
      aContent({ contentId: 'a' }, unknown),
      anAssessment('x', {}, ended),
      aContent({}, { ...learner, courseId: '' }),
    ];
    const plan = await update.execute({ items, actsFor });
    expect(plan).toMatchObject({
      learners: [],
      unknownBatchIds: ['unknown', 'batch'],
      notOngoingBatchIds: ['ended'],
    });
    expect(publisher.published).toEqual([]);
  });

  it('a row that another instance changed meanwhile is merged again: nothing of either is lost', async () => {
    const { update, rows, clock } = setUp();
    const replace = rows.replace.bind(rows);
    let others = 3;
    rows.replace = (who, changes) => {
      if (others > 0) {
        others -= 1;
        const row = { ...aRow('a'), status: 1, progress: 60 + others, lastAccessMs: 9_000 - others };
        rows.put(learner, { ...row, lastUpdatedMs: clock.nowMs - others });
      }
      return replace(who, changes);
    };
    const items = [aContent({ contentId: 'a', progress: 50, lastAccessMs: 8_999 }), aContent({ contentId: 'b' })];
    await update.execute({ items, actsFor });
    expect(rows.of(learner)).toMatchObject([
      { contentId: 'a', status: 1, progress: 60, lastAccessMs: 9_000 },
      { contentId: 'b', status: 1 },
    ]);
  });

  it('gives up, to be asked again, when others never stop changing the rows', async () => {
    const { update, rows } = setUp();
    rows.replace = async (_, changes) => changes;
    await expect(update.execute({ items: [aContent({ contentId: 'a' })], actsFor })).rejects.toMatchObject({
      code: 'CONTENT_STATE.CONTENDED',
      retryable: true,
    });
  });
});

function aRow(contentId: string) {
  return {
    ...{ contentId, status: null, progress: null, firstProgress: null, completedCount: null, viewCount: null },
    ...{ lastAccessMs: null, lastCompletedMs: null, completionPercentage: null, progressDetails: null },
    lastUpdatedMs: 1,
  };
}
