import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  anAnswer,
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
import { bodyOf, InMemoryArchiveStorage, readAll } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { archiveFeature, testOptions } from './archive-feature.fixture';

const weekMs = 7 * 24 * 3600 * 1000;
const run = { request: 'verify' };

describe('VerifyWeek', () => {
  let nowMs: number;
  let attempts: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(async () => {
    nowMs = archivedOnMs + 4 * weekMs;
    attempts = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    const ports = {
      streams: new InMemoryByteStreams(),
      book: new InMemoryScoreBook(),
      rows: new InMemoryAttemptRows(),
    };
    const options = testOptions(archiveOrder, () => (nowMs += 1));
    feature = archiveFeature({ attempts, ledger, storage, order: archiveOrder, ...ports }, options);
  });

  const verify = (given: object = {}) => feature.verifyWeek.execute(archivedWeek, { ...run, ...given });
  const record = async (): Promise<ArchivalRecord | undefined> => ledger.find(archivedWeek);

  async function archived(...users: string[]): Promise<void> {
    users.forEach((user) => attempts.insert(aWrittenAttempt(user)));
    await feature.archiveWeek.execute(archivedWeek, run);
  }

  /** The same row at the same time with something else in it, which only a broken replica or hand can bring about. */
  function replace(user: string, given: Partial<WrittenAttempt>): void {
    attempts = Object.assign(attempts, { live: new Map(), tombstones: new Map() });
    attempts.insert(aWrittenAttempt(user, given));
  }

  async function objectKey(suffix: string): Promise<string> {
    for await (const { key } of storage.list('')) if (key.endsWith(suffix)) return key;
    throw new Error(`no object ${suffix}`);
  }

  it('passes when every live row is in an object, and records when it first did', async () => {
    await archived('a', 'b');
    expect(await verify()).toEqual({
      kind: 'verified',
      comparison: { archivedRows: 2, matchingRows: 2, unarchivedRows: 0, goneOrRewritten: 0 },
    });
    const first = (await record())?.verifiedOnMs;
    expect(first).not.toBeNull();
    await verify();
    expect(await record()).toMatchObject({ verifiedOnMs: first, archival: 'SUCCESS' });
  });

  it('counts keys that are gone or went to a later week, and passes', async () => {
    await archived('gone', 'rewritten', 'same');
    await attempts.delete(aWrittenAttempt('gone'));
    const later = { updatedOnMs: archivedOnMs + weekMs, writeTimeUs: BigInt(archivedOnMs + weekMs) * 1000n };
    attempts.insert(aWrittenAttempt('rewritten', later));
    expect(await verify()).toMatchObject({
      kind: 'verified',
      comparison: { archivedRows: 3, matchingRows: 1, goneOrRewritten: 2 },
    });
  });

  it.each([
    ['was never archived', 'late', {}],
    ['was rewritten within the week', 'a', { writeTimeUs: aWrittenAttempt('a').writeTimeUs + 1n }],
  ])('makes a week with a live row that %s PENDING', async (_, user, given) => {
    await archived('a', 'b');
    await verify();
    attempts.insert(aWrittenAttempt(user, given));
    expect(await verify()).toMatchObject({ kind: 'pending', comparison: { unarchivedRows: 1 } });
    expect(await record()).toMatchObject({ archival: 'PENDING', verifiedOnMs: null });
    await feature.archiveWeek.execute(archivedWeek, run);
    expect(await verify()).toMatchObject({ kind: 'verified' });
  });

  it.each([
    ['older than what was archived', { writeTimeUs: 5n }, /1 live rows are older/],
    ['different at the same write time', { answers: [anAnswer({ score: 9 })] }, /1 live rows differ/],
    ['different in a total', { totalScore: 9 }, /1 live rows differ/],
    ['different in a time', { createdOnMs: 9 }, /1 live rows differ/],
  ])('fails a week with a live row that is %s', async (_, given, words) => {
    await archived('a');
    replace('a', given);
    expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.DIFFERENCE' } });
    expect(await record()).toMatchObject({ archival: 'FAILED', error: expect.stringMatching(words) as unknown });
  });

  it.each(['.csv.gz', '.writetimes.gz'])(
    'fails when %s is altered, cut or gone, and passes once it is back',
    async (suffix) => {
      await archived('a', 'b');
      await verify();
      const key = await objectKey(suffix);
      const bytes = await readAll(await storage.open(key));
      const altered = Uint8Array.from(bytes);
      altered[30] = (altered[30] ?? 0) ^ 1;
      for (const content of [altered, bytes.slice(0, -5), new Uint8Array(0)]) {
        await storage.put(key, bodyOf(content), { replace: true });
        expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.CORRUPTED' } });
        expect(await record()).toMatchObject({ archival: 'FAILED', verifiedOnMs: null });
      }
      await storage.remove(key);
      expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.MISSING_OBJECT' } });
      await storage.put(key, bodyOf(bytes));
      expect(await verify()).toMatchObject({ kind: 'verified' });
      expect(await record()).toMatchObject({ archival: 'SUCCESS', iteration: 1, rows: 2, error: null });
      expect((await record())?.verifiedOnMs).not.toBeNull();
    },
  );

  it('fails when a manifest is altered or gone', async () => {
    await archived('a');
    const key = await objectKey('.manifest.json');
    const bytes = await readAll(await storage.open(key));
    const altered = Buffer.from(bytes)
      .toString()
      .replace(/"rows": ?1/, '"rows":2');
    await storage.put(key, bodyOf(altered), { replace: true });
    expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.UNREADABLE_MANIFEST' } });
    await storage.remove(key);
    expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.MISSING_MANIFEST' } });
    await storage.put(key, bodyOf(bytes));
    expect(await verify()).toMatchObject({ kind: 'verified' });
  });

  it('finishes a week that was cut off after its manifest', async () => {
    await archived('a');
    const done = await record();
    if (!done) throw new Error('not recorded');
    const cutOff = { archival: 'RUNNING' as const, owner: 'dead', leaseExpiresOnMs: nowMs - 1, completedOnMs: null };
    await ledger.save({ ...done, ...cutOff, version: done.version + 1 }, done.version);
    expect(await verify()).toMatchObject({ kind: 'verified' });
    expect(await record()).toMatchObject({ archival: 'SUCCESS', rows: 1, owner: null });
  });

  it('has nothing to do where nothing is archived', async () => {
    expect(await verify()).toEqual({ kind: 'not-archived' });
    storage.put = async () => {
      throw new AppError('STORAGE.FULL', 'full');
    };
    await archived('a');
    const failed = await record();
    expect(failed).toMatchObject({ archival: 'FAILED' });
    expect(await verify()).toEqual({ kind: 'not-archived' });
    expect(await record()).toEqual(failed);
  });

  it('leaves a week alone that somebody works on', async () => {
    await archived('a');
    const done = await record();
    if (!done) throw new Error('not recorded');
    const leased = { ...done, owner: 'other', leaseExpiresOnMs: nowMs + 1000, version: done.version + 1 };
    await ledger.save(leased, done.version);
    expect(await verify()).toEqual({ kind: 'busy', untilMs: leased.leaseExpiresOnMs });
  });

  it('does not call verified what somebody archived again while it read', async () => {
    await archived('a');
    const before = await record();
    const find = storage.open.bind(storage);
    storage.open = async (key) => {
      storage.open = find;
      attempts.insert(aWrittenAttempt('late'));
      await feature.archiveWeek.execute(archivedWeek, run);
      return find(key);
    };
    // The manifest is read first: what is archived meanwhile is not in it.
    expect(await verify()).toMatchObject({ kind: expect.not.stringContaining('verified') as unknown });
    expect(await record()).toMatchObject({ verifiedOnMs: null });
    expect((await record())?.iteration).toBeGreaterThanOrEqual(before?.iteration ?? 0);
  });

  it('marks nothing in a dry run', async () => {
    await archived('a');
    const before = await record();
    expect(await verify({ dryRun: true })).toMatchObject({ kind: 'verified' });
    attempts.insert(aWrittenAttempt('late'));
    expect(await verify({ dryRun: true })).toMatchObject({ kind: 'pending' });
    await storage.remove(await objectKey('.csv.gz'));
    expect(await verify({ dryRun: true })).toMatchObject({ kind: 'failed' });
    expect(await record()).toEqual(before);
  });

  it('does not call a finished week failed because a server did not answer, or because of Ctrl-C', async () => {
    await archived('a');
    const before = await record();
    expect(await verify({ signal: AbortSignal.abort(new AppError('CLI.INTERRUPTED', 'interrupted')) })).toMatchObject({
      error: { code: 'CLI.INTERRUPTED' },
    });
    storage.list = () => {
      throw new AppError('STORAGE.UNAVAILABLE', 'no answer', { retryable: true });
    };
    expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'STORAGE.UNAVAILABLE' } });
    expect(await record()).toEqual(before);
  });
});
