import { attemptKey, type AttemptScore, scoreOfRow, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { AppError } from '@scorekeep/platform/util-errors';
import { archiveFeature, type TestOptions, testOptions } from './archive-feature.fixture';
import { TableRows } from './table-rows.fixture';

const dayMs = 24 * 3600 * 1000;
const run = { request: 'restore --batch batch-1' };

describe('RestoreWeek', () => {
  let nowMs: number;
  let table: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let book: InMemoryScoreBook;
  let rows: TableRows;
  let options: TestOptions;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(() => {
    nowMs = archivedOnMs + 30 * dayMs;
    table = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    book = new InMemoryScoreBook();
    rows = new TableRows(table);
    options = { ...testOptions(archiveOrder, () => (nowMs += 1)), deleteAfterMs: 0 };
    const ports = { streams: new InMemoryByteStreams(), book, rows, order: archiveOrder };
    feature = archiveFeature({ attempts: table, ledger, storage, ...ports }, options);
  });

  const archive = (given: object = {}) => feature.archiveWeek.execute(archivedWeek, { ...run, ...given });
  const restore = (given: object = {}) => feature.restoreWeek.execute(archivedWeek, { ...run, ...given });
  const record = () => ledger.find(archivedWeek);

  async function live(): Promise<WrittenAttempt[]> {
    const found: WrittenAttempt[] = [];
    for await (const row of table.rows({ batchId: 'batch-1' })) found.push(row);
    return found;
  }

  async function deleted(...attempts: WrittenAttempt[]): Promise<void> {
    attempts.forEach((row) => table.insert(row));
    await archive();
    await feature.verifyWeek.execute(archivedWeek, run);
    expect(await feature.deleteWeek.execute(archivedWeek, run)).toMatchObject({ kind: 'deleted' });
  }

  const entryOf = async (row: WrittenAttempt): Promise<AttemptScore | undefined> =>
    (await book.read(row)).attempts.get(attemptKey(row));

  it('puts rows back as they were, 1 µs above their tombstones, and says so in attempts', async () => {
    const users = ['a', 'b', 'c'].map((user) => aWrittenAttempt(user));
    await deleted(...users);
    expect(await live()).toEqual([]);
    const before = await Promise.all(users.map((row) => book.read(row)));

    expect(await restore()).toEqual({ kind: 'restored', restoredRows: 3, liveRows: 0, supersededRows: 0 });
    const back = users.map((row) => ({ ...row, writeTimeUs: row.writeTimeUs + 1n })).sort(archiveOrder);
    expect(await live()).toEqual(back);
    for (const row of back) expect(await entryOf(row)).toEqual(scoreOfRow(row, shortDigest));
    const after = await Promise.all(users.map((row) => book.read(row)));
    expect(after.map(({ aggregates }) => aggregates)).toEqual(before.map(({ aggregates }) => aggregates));
    expect(await record()).toMatchObject({ archival: 'RESTORED', deletion: 'PENDING', owner: null, error: null });
  });

  it('changes nothing the second time, and finishes what was cut off', async () => {
    await deleted(aWrittenAttempt('a'), aWrittenAttempt('b'));
    const write = rows.write.bind(rows);
    rows.write = async (row, writeTimeUs) => {
      if (row.userId === 'b') throw new AppError('CASSANDRA.TIMEOUT', 'no answer', { retryable: true });
      return write(row, writeTimeUs);
    };
    expect(await restore()).toMatchObject({ kind: 'failed', error: { code: 'CASSANDRA.TIMEOUT' } });
    expect(await record()).toMatchObject({ archival: 'RESTORED', error: 'no answer', owner: null });
    rows.write = write;
    expect(await restore()).toMatchObject({ restoredRows: 1, liveRows: 1 });
    const there = await live();
    expect(await restore()).toMatchObject({ restoredRows: 0, liveRows: 2 });
    expect(await live()).toEqual(there);
  });

  it('leaves an attempt alone that was answered again since', async () => {
    await deleted(aWrittenAttempt('a'), aWrittenAttempt('b'));
    const again = aWrittenAttempt('a', {
      lastAttemptedOnMs: (aWrittenAttempt('a').lastAttemptedOnMs ?? 0) + dayMs,
      updatedOnMs: archivedOnMs + 20 * dayMs,
      writeTimeUs: aWrittenAttempt('a').writeTimeUs + 9n,
    });
    table.insert(again);
    await feature.settle.execute(again, [scoreOfRow(again, shortDigest)]);
    expect(await restore()).toEqual({ kind: 'restored', restoredRows: 1, liveRows: 0, supersededRows: 1 });
    expect((await live()).find(({ userId }) => userId === 'a')).toEqual(again);
  });

  it('leaves rows alone that were never deleted', async () => {
    table.insert(aWrittenAttempt('a'));
    await archive();
    expect(await restore()).toMatchObject({ restoredRows: 0, liveRows: 1 });
    expect(await live()).toEqual([aWrittenAttempt('a')]);
  });

  it('gives a row the earliest creation that is known of its attempt', async () => {
    const row = aWrittenAttempt('a');
    await deleted(row);
    const entry = await entryOf(row);
    if (!entry) throw new Error('no entry');
    const lowered = { ...entry, createdOnMs: entry.createdOnMs - 5000, writeTimeUs: entry.writeTimeUs + 3n };
    await book.write(row, { entries: [lowered] });
    await restore();
    expect(await live()).toMatchObject([{ createdOnMs: lowered.createdOnMs, writeTimeUs: row.writeTimeUs + 4n }]);
  });

  it('goes above a tombstone that nobody knew of, and gives up on one in the future', async () => {
    const row = aWrittenAttempt('a');
    await deleted(row);
    const hiddenUs = row.writeTimeUs + 9_000_000_000n;
    await table.delete({ ...row, writeTimeUs: hiddenUs });
    expect(await restore()).toMatchObject({ kind: 'restored', restoredRows: 1 });
    const [back] = await live();
    expect(back?.writeTimeUs).toBeGreaterThan(hiddenUs);
    expect((await entryOf(row))?.writeTimeUs).toBe(back?.writeTimeUs);

    await table.delete({ ...row, writeTimeUs: BigInt(nowMs + 400 * dayMs) * 1000n });
    expect(await restore()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.ROW_STAYS_DELETED' } });
  });

  it('asks for the migration where only the number of attempts is known', async () => {
    const row = aWrittenAttempt('a');
    table.insert(row);
    await archive();
    await table.delete(row);
    const placeholder = { ...scoreOfRow(row, shortDigest), attemptId: '1', placeholder: true, writeTimeUs: 1n };
    await book.write(row, { entries: [placeholder], markFilled: true });
    expect(await restore()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.SCORES_NOT_MIGRATED' } });
    expect(await live()).toEqual([]);
  });

  it('restores nothing of a week with an object that is not what it was', async () => {
    await deleted(aWrittenAttempt('a'));
    for await (const { key } of storage.list('')) if (key.endsWith('.csv.gz')) await storage.remove(key);
    expect(await restore()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.MISSING_OBJECT' } });
    expect(await live()).toEqual([]);
  });

  it('changes nothing in a dry run', async () => {
    await deleted(aWrittenAttempt('a'));
    const before = await record();
    expect(await restore({ dryRun: true })).toEqual({ kind: 'restorable', archivedRows: 1 });
    expect(await live()).toEqual([]);
    expect(await record()).toEqual(before);
  });

  it('has nothing to do where nothing is archived, and leaves a week that somebody works on', async () => {
    expect(await restore()).toEqual({ kind: 'not-archived' });
    await deleted(aWrittenAttempt('a'));
    const done = await record();
    if (!done) throw new Error('not recorded');
    const leased = { ...done, owner: 'other', leaseExpiresOnMs: nowMs + 1000, version: done.version + 1 };
    await ledger.save(leased, done.version);
    expect(await restore()).toEqual({ kind: 'busy', untilMs: leased.leaseExpiresOnMs });
  });

  it('is left alone by archive, verify and delete until it is asked for by name, and is whole then', async () => {
    await deleted(aWrittenAttempt('a'), aWrittenAttempt('b'));
    await restore();
    const period = { beforeMs: archivedOnMs + 20 * dayMs };
    const batches = [{ batchId: 'batch-1' }];
    expect(await feature.planArchive.execute({ period })).toEqual([]);
    expect(await feature.planArchive.execute({ period, batches })).toMatchObject([{ rows: 2 }]);
    expect(await archive()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.INVALID_STATE' } });
    expect(await feature.verifyWeek.execute(archivedWeek, run)).toMatchObject({ kind: 'restored' });
    expect(await feature.deleteWeek.execute(archivedWeek, run)).toEqual({ kind: 'restored' });
    expect(await record()).toMatchObject({ archival: 'RESTORED' });

    expect(await archive({ named: true })).toMatchObject({ kind: 'archived', record: { rows: 2, iteration: 2 } });
    expect(await feature.verifyWeek.execute(archivedWeek, run)).toMatchObject({ kind: 'verified' });
    expect(await feature.deleteWeek.execute(archivedWeek, run)).toMatchObject({ kind: 'deleted', deletedRows: 2 });
    expect(await live()).toEqual([]);
    expect((await book.read(aWrittenAttempt('a'))).attempts.size).toBe(1);
  });
});
