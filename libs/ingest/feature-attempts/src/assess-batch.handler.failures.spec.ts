import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { InMemoryAttemptRows, InMemoryCourseCatalogue, InMemoryScoreBook } from '@scorekeep/core/testing-core';
import { type ConsumedRecord, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { AdmitRecord } from './admit-record.use-case';
import { AssessBatchHandler } from './assess-batch.handler';
import { CheckContent } from './check-content.use-case';
import { MAX_DOUBTFUL_FAILURES } from './failure-outcome';
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
const timeout = new AppError('CASSANDRA.TIMEOUT', 'timed out', { retryable: true });
const MANY_ROUNDS = 5 * MAX_DOUBTFUL_FAILURES;

let offset = 0;

function recordOf(userId: string): ConsumedRecord {
  offset += 1;
  const ids = { userId, courseId: 'course', batchId: 'batch', contentId: 'content', attemptId: `attempt-${offset}` };
  const events = [{ ets: 1_700_000_001_000, edata: { item: { id: 'q1', maxscore: 2 }, score: 1 } }];
  const value = JSON.stringify({ assessmentTs: 1_700_000_000_000, ...ids, events });
  return {
    topic: 'test.telemetry.assess',
    partition: 0,
    offset: String(offset),
    timestampMs: 1_700_000_060_000,
    key: Buffer.from(userId),
    value: Buffer.from(value),
    headers: {},
    mayHaveBegun: true,
  };
}

/** Servers that fail for the learners in `failing`. */
function setUp() {
  const failing = new Set<string>();
  const book = new InMemoryScoreBook();
  const read = book.read.bind(book);
  book.read = (who: LearnerInBatch) => (failing.has(who.userId) ? Promise.reject(timeout) : read(who));
  const rows = new InMemoryAttemptRows();
  const publisher = new RecordingPublisher();
  const handler = new AssessBatchHandler(
    readerOf({ ...options, limits: defaultAssessLimits }),
    new AdmitRecord(new CheckContent(new InMemoryCourseCatalogue(), admission)),
    new RecordAttempts(book, rows, options),
    new RequestCertificate(book, publisher, options),
    new ProbeNeighbour(book, rows),
    options,
  );
  return { failing, handler };
}

/** How often the records are handled until none of them asks for a retry; undefined when that does not happen. */
async function roundsUntilSettled(handler: AssessBatchHandler, records: readonly ConsumedRecord[]) {
  let open = records;
  const outcomes: RecordOutcome[] = [];
  for (let round = 1; round <= MANY_ROUNDS; round += 1) {
    const given = await handler.handle(open);
    outcomes.push(...given.filter(({ kind }) => kind !== 'retry'));
    open = open.filter((_, index) => given[index]?.kind === 'retry');
    if (open.length === 0) return { round, outcomes };
  }
  return undefined;
}

describe('AssessBatchHandler where servers fail', () => {
  it('sets aside a record that keeps failing while its neighbours succeed, and no other', async () => {
    const { failing, handler } = setUp();
    failing.add('unlucky');
    const settled = await roundsUntilSettled(handler, [recordOf('first'), recordOf('unlucky'), recordOf('last')]);
    expect(settled?.outcomes).toMatchObject([
      { kind: 'done' },
      { kind: 'done' },
      { kind: 'dead-letter', reason: 'failed: CASSANDRA.TIMEOUT', topic: 'test.telemetry.assess.failed' },
    ]);
    expect(settled?.round).toBeLessThanOrEqual(MAX_DOUBTFUL_FAILURES + 1);
  });

  it('sets aside nothing while the servers fail for everybody, however long, and goes on when they are back', async () => {
    const { failing, handler } = setUp();
    const users = ['a', 'b', 'c'];
    await handler.handle(users.map(recordOf));
    users.forEach((user) => failing.add(user));
    const records = users.map(recordOf);
    expect(await roundsUntilSettled(handler, records)).toBeUndefined();
    failing.clear();
    expect(await roundsUntilSettled(handler, records)).toMatchObject({ round: 1 });
  });

  it('sets aside nothing when an outage begins in the middle of a micro-batch', async () => {
    const { failing, handler } = setUp();
    failing.add('late');
    const records = [recordOf('early'), recordOf('late')];
    expect(await handler.handle(records)).toMatchObject([{ kind: 'done' }, { kind: 'retry' }]);
    failing.add('early');
    expect(await roundsUntilSettled(handler, records.slice(1))).toBeUndefined();
  });

  it('waits with a record that fails alone where nobody else was ever seen to succeed', async () => {
    const { failing, handler } = setUp();
    failing.add('only');
    expect(await roundsUntilSettled(handler, [recordOf('only')])).toBeUndefined();
  });
});
