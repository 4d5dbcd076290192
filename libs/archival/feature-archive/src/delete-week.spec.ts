import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { attemptKey, scoreOfRow, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryAttemptRows,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { bodyOf, InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { archiveFeature, type TestOptions, testOptions } from './archive-feature.fixture';

const dayMs = 24 * 3600 * 1000;
const run = { request: 'delete' };

/** The table, which fails when it is told to, and remembers what was deleted. */
class WatchedAttempts extends InMemoryBatchAttempts {
  readonly deleted: string[] = [];
  beforeDelete: (userId: string) => void = () => undefined;

  override async delete(row: WrittenAttempt): Promise<void> {
    this.beforeDelete(row.userId);
    this.deleted.push(row.userId);
    return super.delete(row);
  }
}

describe('DeleteWeek', () => {
  let nowMs: number;
  let attempts: WatchedAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let book: InMemoryScoreBook;
  let rows: InMemoryAttemptRows;
  let options: TestOptions;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(() => {
    nowMs = archivedOnMs + 30 * dayMs;
    attempts = new WatchedAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    book = new InMemoryScoreBook();
    rows = new InMemoryAttemptRows();
    options = testOptions(archiveOrder, () => (nowMs += 1));
    const ports = { attempts, ledger, storage, book, rows, streams: new InMemoryByteStreams(), order: archiveOrder };
    feature = archiveFeature(ports, options);
  });

  const remove = (given: object = {}) => feature.deleteWeek.execute(archivedWeek, { ...run, ...given });
  const record = async (): Promise<ArchivalRecord | undefined> => ledger.find(archivedWeek);

  async function insert(row: WrittenAttempt): Promise<void> {
    attempts.insert(row);
    await rows.write(row, row.writeTimeUs);
  }

  async function archived(...users: string[]): Promise<void> {
    for (const user of users) await insert(aWrittenAttempt(user));
    await feature.archiveWeek.execute(archivedWeek, run);
  }

  async function verifiedLongAgo(...users: string[]): Promise<void> {
    await archived(...users);
    await feature.verifyWeek.execute(archivedWeek, run);
    nowMs += options.deleteAfterMs;
  }

  async function live(): Promise<string[]> {
    const users: string[] = [];
    for await (const { userId } of attempts.rows({ batchId: archivedWeek.batchId })) users.push(userId);
    return users.sort();
  }

  it('deletes what is archived, after each attempt is kept for good', async () => {
    await verifiedLongAgo('a', 'b');
    attempts.beforeDelete = () => expect(attempts.deleted.length).toBeLessThan(2);
    expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 2 });
    expect(await live()).toEqual([]);
    expect(await record()).toMatchObject({ deletion: 'SUCCESS', deletedThroughIteration: 1, owner: null });
    for (const user of ['a', 'b']) {
      const row = aWrittenAttempt(user);
      const scores = await book.read(row);
      expect(scores.filled).toBe(true);
      expect(scores.attempts.get(attemptKey(row))).toEqual(scoreOfRow(row, shortDigest));
    }
    expect(await remove()).toEqual({ kind: 'already-deleted' });
  });

  it('keeps the attempt before its row goes, not after', async () => {
    await verifiedLongAgo('a');
    let keptBefore = false;
    const original = attempts.delete.bind(attempts);
    attempts.delete = async (row) => {
      keptBefore = (await book.read(row)).attempts.size === 1;
      return original(row);
    };
    await remove();
    expect(keptBefore).toBe(true);
  });

  it('leaves weeks that were verified less than the cool-off ago, and counts from the first verification', async () => {
    await archived('a');
    expect(await remove()).toMatchObject({ kind: 'cooling-off' });
    const verifiedOnMs = (await record())?.verifiedOnMs ?? 0;
    nowMs += options.deleteAfterMs / 2;
    await feature.verifyWeek.execute(archivedWeek, run);
    expect(await remove()).toEqual({ kind: 'cooling-off', deletableFromMs: verifiedOnMs + options.deleteAfterMs });
    expect(await live()).toEqual(['a']);
    nowMs += options.deleteAfterMs / 2;
    expect(await remove()).toMatchObject({ kind: 'deleted' });
  });

  it('verifies by itself and deletes at once without a cool-off', async () => {
    options.deleteAfterMs = 0;
    await archived('a');
    expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 1 });
  });

  it('deletes nothing of a week whose object was altered, or that has a row that is in none', async () => {
    await verifiedLongAgo('a');
    for await (const { key } of storage.list('')) {
      if (key.endsWith('.csv.gz')) await storage.put(key, bodyOf('altered'), { replace: true });
    }
    expect(await remove()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.CORRUPTED' } });
    expect(await record()).toMatchObject({ archival: 'SUCCESS', deletion: 'FAILED', owner: null });
    expect(attempts.deleted).toEqual([]);
  });

  it('makes a week with an unarchived row PENDING and deletes nothing', async () => {
    await verifiedLongAgo('a');
    await insert(aWrittenAttempt('late'));
    expect(await remove()).toMatchObject({ kind: 'pending' });
    expect(await record()).toMatchObject({ archival: 'PENDING', deletion: 'PENDING', owner: null });
    expect(attempts.deleted).toEqual([]);
    expect(await remove()).toEqual({ kind: 'not-archived' });
  });

  it('leaves rows that were rewritten since, whatever week they are in now', async () => {
    await verifiedLongAgo('moved', 'stays', 'gone');
    const later = { writeTimeUs: aWrittenAttempt('moved').writeTimeUs + 1n };
    await insert(aWrittenAttempt('moved', { ...later, updatedOnMs: archivedOnMs + 14 * dayMs }));
    await attempts.delete(aWrittenAttempt('gone'));
    expect(await remove()).toMatchObject({
      kind: 'deleted',
      deletedRows: 1,
      comparison: { goneOrRewritten: 2 },
    });
    expect(await live()).toEqual(['moved']);
  });

  it('leaves a row that is rewritten while the week is deleted', async () => {
    await verifiedLongAgo('a');
    attempts.beforeDelete = () => {
      attempts.insert(aWrittenAttempt('a', { writeTimeUs: aWrittenAttempt('a').writeTimeUs + 1n }));
    };
    expect(await remove()).toMatchObject({ kind: 'deleted' });
    expect(await live()).toEqual(['a']);
  });

  it('goes on where it was cut off', async () => {
    const users = Array.from({ length: 40 }, (_, index) => `learner-${index}`);
    await verifiedLongAgo(...users);
    attempts.beforeDelete = () => {
      if (attempts.deleted.length === 10) throw new AppError('CASSANDRA.TIMEOUT', 'no answer', { retryable: true });
    };
    expect(await remove()).toMatchObject({ kind: 'failed', error: { code: 'CASSANDRA.TIMEOUT' } });
    expect(await record()).toMatchObject({ archival: 'SUCCESS', deletion: 'FAILED', error: 'no answer' });
    expect(await live()).toHaveLength(30);
    attempts.beforeDelete = () => undefined;
    expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 30, comparison: { goneOrRewritten: 10 } });
    expect([...attempts.deleted].sort()).toEqual([...users].sort());
    expect(await record()).toMatchObject({ deletion: 'SUCCESS', error: null });
  });

  it('deletes a further iteration when there is one', async () => {
    await verifiedLongAgo('a');
    await remove();
    await insert(aWrittenAttempt('late'));
    await feature.archiveWeek.execute(archivedWeek, run);
    expect(await record()).toMatchObject({ archival: 'SUCCESS', deletion: 'PENDING', iteration: 2 });
    await feature.verifyWeek.execute(archivedWeek, run);
    nowMs += options.deleteAfterMs;
    expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 1 });
    expect(await record()).toMatchObject({ deletion: 'SUCCESS', deletedThroughIteration: 2 });
  });

  it('says what it would delete in a dry run, and changes nothing', async () => {
    await archived('a');
    const before = await record();
    expect(await remove({ dryRun: true })).toMatchObject({ kind: 'cooling-off' });
    expect(await record()).toEqual(before);
    await feature.verifyWeek.execute(archivedWeek, run);
    nowMs += options.deleteAfterMs;
    const verified = await record();
    expect(await remove({ dryRun: true })).toMatchObject({ kind: 'deletable', comparison: { matchingRows: 1 } });
    expect(await record()).toEqual(verified);
    expect(await live()).toEqual(['a']);
    expect((await book.read(aWrittenAttempt('a'))).attempts.size).toBe(0);
  });

  it('has nothing to do where nothing is archived', async () => {
    expect(await remove()).toEqual({ kind: 'not-archived' });
  });
});
