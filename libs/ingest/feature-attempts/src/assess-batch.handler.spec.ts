import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { type ScoreBook } from '@scorekeep/core/domain-scoring';
import { InMemoryAttemptRows, InMemoryCourseCatalogue, InMemoryScoreBook } from '@scorekeep/core/testing-core';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { AdmitRecord } from './admit-record.use-case';
import { AssessBatchHandler } from './assess-batch.handler';
import { CheckContent } from './check-content.use-case';
import { MAX_UNEXPLAINED_FAILURES } from './failure-outcome';
import { type IngestOptions } from './ingest-options';
import { ProbeNeighbour } from './probe-neighbour.use-case';
import { readerOf } from './reader.fixture';
import { RecordAttempts } from './record-attempts.use-case';
import { RequestCertificate } from './request-certificate.use-case';

const options: IngestOptions = {
  layout: 'unified',
  maxAttempts: 100,
  aggDetailsTimeZone: 'UTC',
  topicPrefix: 'test',
  nowMs: () => 1_800_000_000_000,
};

const admission = { limits: defaultAssessLimits, checksQuestionCount: false };

const valid = {
  assessmentTs: 1_700_000_000_000,
  userId: 'user-1',
  courseId: 'course',
  batchId: 'batch',
  contentId: 'content',
  attemptId: 'attempt-1',
  events: [{ ets: 1_700_000_001_000, edata: { item: { id: 'q1', maxscore: 2 }, score: 1 } }],
};

let nextOffset = 0;
function aRecord(value: object | string | null): ConsumedRecord {
  nextOffset += 1;
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  return {
    topic: 'test.telemetry.assess',
    partition: 0,
    offset: String(nextOffset),
    timestampMs: 1_700_000_060_000,
    key: new TextEncoder().encode('user-1'),
    value: text === null ? null : new TextEncoder().encode(text),
    headers: {},
    mayHaveBegun: true,
  };
}

function setUp(book: ScoreBook = new InMemoryScoreBook()) {
  const publisher = new RecordingPublisher();
  const rows = new InMemoryAttemptRows();
  const catalogue = new InMemoryCourseCatalogue();
  catalogue.leafNodes.set('known course', new Set(['known content']));
  const handler = new AssessBatchHandler(
    readerOf({ ...options, limits: defaultAssessLimits }),
    new AdmitRecord(new CheckContent(catalogue, admission)),
    new RecordAttempts(book, rows, options),
    new RequestCertificate(book, publisher, options),
    new ProbeNeighbour(book, rows),
    options,
  );
  return { publisher, rows, handler, book, catalogue };
}

const kinds = (outcomes: readonly RecordOutcome[]): string[] => outcomes.map(({ kind }) => kind);
const requests = (publisher: RecordingPublisher) => publisher.publishedTo('test.issue.certificate.request');

describe('AssessBatchHandler', () => {
  it('stores what is valid and sets aside what is not, each with its reason, in the records’ order', async () => {
    const { handler, rows } = setUp();
    const outcomes = await handler.handle([
      aRecord(valid),
      aRecord('no json'),
      aRecord({ ...valid, userId: '' }),
      aRecord(null),
      aRecord({ ...valid, attemptId: 'attempt-2' }),
    ]);
    expect(kinds(outcomes)).toEqual(['done', 'dead-letter', 'dead-letter', 'dead-letter', 'done']);
    expect(outcomes[1]).toMatchObject({ reason: 'not JSON', topic: 'test.telemetry.assess.failed' });
    expect(outcomes[2]).toMatchObject({ reason: expect.stringContaining('userId') as string });
    expect(
      rows
        .all()
        .map(({ attemptId }) => attemptId)
        .sort(),
    ).toEqual(['attempt-1', 'attempt-2']);
  });

  it('sets aside a content that its course is known not to have, and goes on with the learner’s others', async () => {
    const { handler, rows } = setUp();
    const inKnown = { ...valid, courseId: 'known course' };
    const outcomes = await handler.handle([
      aRecord({ ...inKnown, contentId: 'foreign' }),
      aRecord({ ...inKnown, contentId: 'known content' }),
    ]);
    expect(outcomes).toMatchObject([{ kind: 'dead-letter', reason: 'invalid content' }, { kind: 'done' }]);
    expect(rows.all()).toHaveLength(1);
  });

  it('says of a dead letter why it is one and where it was, with key and bytes of its record', async () => {
    const { handler } = setUp();
    const record = { ...aRecord('no json'), headers: { trace: new Uint8Array([1]) } };
    const [outcome] = await handler.handle([record]);
    expect(outcome).toMatchObject({
      message: {
        key: record.key,
        value: record.value,
        headers: { trace: record.headers.trace, validation_error: 'not JSON', original_offset: record.offset },
      },
    });
  });

  it('retries what the catalogue does not answer for, however often, and handles the rest', async () => {
    const { handler, catalogue, rows } = setUp();
    const { contentId: _content, attemptId: _attempt, ...rest } = valid;
    catalogue.isDown = true;
    for (let round = 0; round < 2 * MAX_UNEXPLAINED_FAILURES; round += 1) {
      const outcomes = await handler.handle([aRecord(valid), aRecord('no json'), aRecord({ ...rest, events: null })]);
      expect(kinds(outcomes)).toEqual(['retry', 'dead-letter', 'done']);
    }
    expect(rows.all()).toEqual([]);
    catalogue.isDown = false;
    expect(kinds(await handler.handle([aRecord(valid)]))).toEqual(['done']);
  });

  it('asks for a certificate once per learner and micro-batch, and not for a repeat or a stale event', async () => {
    const { handler, publisher } = setUp();
    await handler.handle([aRecord(valid), aRecord({ ...valid, attemptId: 'attempt-2' })]);
    expect(requests(publisher)).toHaveLength(1);
    const outcomes = await handler.handle([aRecord(valid), aRecord({ ...valid, assessmentTs: 1 })]);
    expect(outcomes).toEqual([
      { kind: 'skip', reason: 'repeated' },
      { kind: 'skip', reason: 'stale' },
    ]);
    expect(requests(publisher)).toHaveLength(1);
  });

  it('names the latest attempt in the request where one content was assessed, and none where two were', async () => {
    const { handler, publisher } = setUp();
    const attemptIdOf = (index: number): string => {
      const text = new TextDecoder().decode(requests(publisher)[index]?.value ?? undefined);
      return (JSON.parse(text) as { edata: { attemptId: string } }).edata.attemptId;
    };
    await handler.handle([aRecord(valid), aRecord({ ...valid, attemptId: 'later', assessmentTs: 1_700_000_009_000 })]);
    await handler.handle([aRecord({ ...valid, contentId: 'other', attemptId: 'x' })]);
    expect([attemptIdOf(0), attemptIdOf(1)]).toEqual(['later', '']);
  });

  it('sends the request of a first delivery that was cut off before Kafka acknowledged it', async () => {
    const { handler, publisher } = setUp();
    publisher.failNext(1);
    expect(kinds(await handler.handle([aRecord(valid)]))).toEqual(['retry']);
    expect(await handler.handle([aRecord(valid)])).toEqual([{ kind: 'skip', reason: 'repeated' }]);
    expect(requests(publisher)).toHaveLength(1);
  });

  it('recomputes on demand and always asks for a certificate then', async () => {
    const { handler, publisher } = setUp();
    const { contentId: _content, attemptId: _attempt, ...rest } = valid;
    await handler.handle([aRecord(valid)]);
    expect(kinds(await handler.handle([aRecord({ ...rest, events: [] })]))).toEqual(['done']);
    expect(requests(publisher)).toHaveLength(2);
  });

  it('retries one learner’s records for ever while servers are away, and the others are done', async () => {
    const book = new InMemoryScoreBook();
    const down = new AppError('CASSANDRA.UNAVAILABLE', 'down', { retryable: true });
    const read = book.read.bind(book);
    book.read = (who) => (who.userId === 'unlucky' ? Promise.reject(down) : read(who));
    const { handler } = setUp(book);
    const unlucky = aRecord({ ...valid, userId: 'unlucky' });
    for (let round = 0; round < 20; round += 1) {
      expect(kinds(await handler.handle([unlucky, aRecord(valid)]))[0]).toBe('retry');
    }
    expect(kinds(await handler.handle([unlucky, aRecord(valid)]))).toEqual(['retry', 'skip']);
  });

  it('sets aside a record that keeps failing for no reason known to pass', async () => {
    const book = new InMemoryScoreBook();
    book.read = () => Promise.reject(new TypeError('defect'));
    const { handler } = setUp(book);
    const record = aRecord(valid);
    const seen: string[] = [];
    for (let round = 0; round < MAX_UNEXPLAINED_FAILURES; round += 1)
      seen.push(...kinds(await handler.handle([record])));
    expect(seen).toEqual([...Array<string>(MAX_UNEXPLAINED_FAILURES - 1).fill('retry'), 'dead-letter']);
  });
});
