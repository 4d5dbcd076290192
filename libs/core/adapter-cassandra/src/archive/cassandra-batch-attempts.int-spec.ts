import { rowKeyOrder } from '@scorekeep/core/domain-archive';
import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aRow, describeBatchAttempts } from '@scorekeep/core/testing-core';
import { Logger } from '@scorekeep/platform/util-logging';
import { CassandraAttemptRows } from '../rows/cassandra-attempt-rows';
import { ArchiveKeyspace } from './archive-keyspace.fixture';
import { CassandraBatchAttempts } from './cassandra-batch-attempts';

jest.setTimeout(120_000);

class RememberedWarnings extends Logger {
  readonly warnings: string[] = [];

  override trace(): void {}
  override debug(): void {}
  override info(): void {}
  override warn(message: string): void {
    this.warnings.push(message);
  }
  override error(): void {}
  override fatal(): void {}
  override child(): Logger {
    return this;
  }
}

const layouts: readonly StorageLayout[] = ['unified', 'split'];
const weekStartMs = Date.UTC(2026, 0, 5);

let keyspace: ArchiveKeyspace;
let logger: RememberedWarnings;

const attemptsIn = (layout: StorageLayout): CassandraBatchAttempts =>
  new CassandraBatchAttempts(keyspace.session, layout, logger);
const order = rowKeyOrder((userId, courseId) => keyspace.session.tokenOf(userId, courseId));

const written = (batchId: string, index: number, given: Partial<WrittenAttempt> = {}): WrittenAttempt => ({
  ...aRow({ attemptId: `attempt-${index % 3}` }),
  batchId,
  userId: `learner-${Math.floor(index / 3)}`,
  updatedOnMs: weekStartMs + index,
  writeTimeUs: BigInt(weekStartMs + index) * 1000n,
  ...given,
});

async function insert(layout: StorageLayout, rows: readonly WrittenAttempt[]): Promise<void> {
  const writer = new CassandraAttemptRows(keyspace.session, layout);
  for (let start = 0; start < rows.length; start += 100) {
    await Promise.all(rows.slice(start, start + 100).map((row) => writer.write(row, row.writeTimeUs)));
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});
beforeEach(() => {
  logger = new RememberedWarnings();
});
afterAll(async () => keyspace.drop());

describe.each(layouts)('%s', (layout) => {
  describeBatchAttempts(`CassandraBatchAttempts (${layout})`, async () => ({
    attempts: attemptsIn(layout),
    insert: (rows) => insert(layout, rows),
    order: (left, right) => order(left, right),
  }));

  it('gives every row of a batch once, in row order, over many learners and pages', async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => written(`ordered-${layout}`, index));
    await insert(layout, rows);
    await insert(
      layout,
      rows.slice(0, 50).map((row) => ({ ...row, batchId: `other-${layout}` })),
    );
    const found = await collect(attemptsIn(layout).rows({ batchId: `ordered-${layout}` }));
    expect(found).toEqual([...rows].sort(order));
    expect(logger.warnings).toEqual([]);
  });

  it('takes the time of the list where it is newer than all other cells', async () => {
    const row = written(`cells-${layout}`, 0);
    await insert(layout, [row]);
    const table = layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw';
    const cql = `UPDATE ${table} USING TIMESTAMP ? SET question = question + ? WHERE user_id = ? AND course_id = ? AND batch_id = ? AND content_id = ? AND attempt_id = ?`;
    const laterUs = row.writeTimeUs + 77n;
    const key = [row.userId, row.courseId, row.batchId, row.contentId, row.attemptId];
    await keyspace.session.write({ cql, idempotent: false }, [laterUs, [{ id: 'q2' }], ...key]);
    const [found] = await collect(attemptsIn(layout).rows({ batchId: row.batchId }));
    expect(found?.writeTimeUs).toBe(laterUs);
    await attemptsIn(layout).delete({ ...row, writeTimeUs: laterUs });
    expect(await collect(attemptsIn(layout).rows({ batchId: row.batchId }))).toEqual([]);
  });

  it('answers for a batch most of whose rows were deleted', async () => {
    const batchId = `deleted-${layout}`;
    const rows = Array.from({ length: 3050 }, (_, index) => written(batchId, index));
    await insert(layout, rows);
    const attempts = attemptsIn(layout);
    const gone = rows.slice(0, 3000);
    for (let start = 0; start < gone.length; start += 100) {
      await Promise.all(gone.slice(start, start + 100).map((row) => attempts.delete(row)));
    }
    expect(await collect(attempts.rows({ batchId }))).toEqual(rows.slice(3000).sort(order));
    const updatedBeforeMs = weekStartMs + 10_000;
    expect(await collect(attempts.summaries({ batchId, updatedBeforeMs }))).toHaveLength(50);
  });

  it('finds rows of all batches by time alone', async () => {
    const earlyMs = Date.UTC(2015, 5, layout === 'split' ? 2 : 1);
    const rows = [0, 1, 2].map((index) =>
      written(`early-${layout}-${index}`, index, { updatedOnMs: earlyMs + index, writeTimeUs: 7n }),
    );
    await insert(layout, rows);
    const found = await collect(attemptsIn(layout).summaries({ updatedBeforeMs: earlyMs + 2 }));
    const wanted = rows.slice(0, 2).map(({ batchId, courseId, updatedOnMs, writeTimeUs }) => ({
      batchId,
      collectionId: courseId,
      updatedOnMs,
      writeTimeUs,
    }));
    expect(found.filter(({ batchId }) => batchId.startsWith(`early-${layout}`))).toEqual(
      expect.arrayContaining(wanted),
    );
    expect(found.some(({ batchId }) => batchId === `early-${layout}-2`)).toBe(false);
  });
});

describe('without indexes', () => {
  it('reads whole ranges of the table, says so once, and gives the same', async () => {
    const unindexed = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
    try {
      for (const column of ['batch_id', 'updated_on']) {
        await unindexed.session.ddl(`DROP INDEX assessment_aggregator_${column}_sai`);
      }
      const writer = new CassandraAttemptRows(unindexed.session, 'unified');
      const rows = Array.from({ length: 60 }, (_, index) => written(index % 2 ? 'scanned' : 'other', index));
      for (const row of rows) await writer.write(row, row.writeTimeUs);
      const attempts = new CassandraBatchAttempts(unindexed.session, 'unified', logger);
      const scanned = rows.filter(({ batchId }) => batchId === 'scanned');
      expect(await collect(attempts.rows({ batchId: 'scanned' }))).toEqual([...scanned].sort(order));
      const filter = { batchId: 'scanned', updatedFromMs: weekStartMs + 10, updatedBeforeMs: weekStartMs + 20 };
      expect(await collect(attempts.rows(filter))).toHaveLength(5);
      expect(await collect(attempts.summaries({ updatedBeforeMs: weekStartMs + 20 }))).toHaveLength(20);
      expect(logger.warnings).toHaveLength(1);
    } finally {
      await unindexed.drop();
    }
  });
});
