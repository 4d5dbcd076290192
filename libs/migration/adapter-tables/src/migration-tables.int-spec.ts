import { setTimeout as sleep } from 'node:timers/promises';
import { CassandraAttemptRows, CassandraScoreBook } from '@scorekeep/core/adapter-cassandra';
import { anEntry, aRow } from '@scorekeep/core/testing-core';
import { ringRanges } from '@scorekeep/migration/domain-migration';
import { describeMigrationLedger } from '@scorekeep/migration/testing-migration';
import { CassandraLearnerScan } from './cassandra-learner-scan';
import { CassandraMigrationLedger } from './cassandra-migration-ledger';
import { TablesKeyspace } from './tables-keyspace.fixture';

const LEASE_SECONDS = 4;

let keyspace: TablesKeyspace;
beforeAll(async () => {
  keyspace = await TablesKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});
afterAll(() => keyspace.drop());

let runs = 0;
describeMigrationLedger('CassandraMigrationLedger', () => {
  const newRun = (): string => `run-${(runs += 1)}`;
  const options = { leaseSeconds: LEASE_SECONDS, newRun, nowMs: Date.now };
  return {
    ledger: new CassandraMigrationLedger(keyspace.session, options),
    expire: () => sleep((LEASE_SECONDS + 1) * 1000),
  };
});

describe.each(['unified', 'split'] as const)('CassandraLearnerScan (%s)', (layout) => {
  const learners = Array.from({ length: 12 }, (_, index) => ({
    userId: `${layout} ${index} é`,
    courseId: 'do_course',
    batchId: `${layout}-${index % 2}`,
  }));
  const scan = (): CassandraLearnerScan => new CassandraLearnerScan(keyspace.session);
  const batches = new Set([`${layout}-0`, `${layout}-1`]);

  beforeAll(async () => {
    const rows = new CassandraAttemptRows(keyspace.session, layout);
    const book = new CassandraScoreBook(keyspace.session);
    for (const learner of learners) {
      for (const attemptId of ['a', 'b']) await rows.write({ ...aRow({ attemptId }), ...learner }, 50n);
      await book.write(learner, { entries: [anEntry()], markFilled: true });
    }
  });

  it.each([1, 3, 8])('gives every learner once, with all rows, over %p ranges', async (count) => {
    const found: string[] = [];
    for (const range of ringRanges(count)) {
      for await (const { learner, rows } of scan().withRows(range, batches)) {
        found.push(learner.userId);
        expect(rows.map(({ attemptId, writeTimeUs }) => [attemptId, writeTimeUs])).toEqual([
          ['a', 50n],
          ['b', 50n],
        ]);
      }
    }
    expect(found.sort()).toEqual(learners.map(({ userId }) => userId).sort());
  });

  it('gives every learner with scores once, and of the batches asked for only', async () => {
    const found: string[] = [];
    const one = new Set([`${layout}-1`]);
    for (const range of ringRanges(4)) {
      for await (const { learner, scores } of scan().scored(range, one)) {
        found.push(learner.userId);
        expect(scores.filled).toBe(true);
        expect(scores.attempts.size).toBe(1);
      }
    }
    expect(found.sort()).toEqual(
      learners
        .filter(({ batchId }) => one.has(batchId))
        .map(({ userId }) => userId)
        .sort(),
    );
  });

  it('passes over activities of other kinds', async () => {
    const cql =
      "INSERT INTO user_activity_agg (activity_type, activity_id, user_id, context_id) VALUES ('Unit', 'u', 'x', 'cb:b')";
    await keyspace.session.write({ cql, idempotent: true }, []);
    for await (const { learner } of scan().scored({ from: -(2n ** 63n), to: 2n ** 63n - 1n })) {
      expect(learner.userId).not.toBe('x');
    }
  });
});
