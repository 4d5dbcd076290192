import { type Manifest } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
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
import { archiveFeature, type TestOptions, testOptions } from './archive-feature.fixture';
import { TableRows } from './table-rows.fixture';

const dayMs = 24 * 3600 * 1000;
/** Of the rows of `aWrittenAttempt`. */
const attemptedMs = aWrittenAttempt('').lastAttemptedOnMs ?? 0;
const run = { request: 'archive --period all --force' };

describe('a week archived again by force', () => {
  let nowMs: number;
  let table: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let options: TestOptions;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(() => {
    nowMs = archivedOnMs + 30 * dayMs;
    table = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    options = { ...testOptions(archiveOrder, () => (nowMs += 1)), deleteAfterMs: 0 };
    const ports = { streams: new InMemoryByteStreams(), book: new InMemoryScoreBook(), rows: new TableRows(table) };
    feature = archiveFeature({ attempts: table, ledger, storage, order: archiveOrder, ...ports }, options);
  });

  const archive = (force = false) => feature.archiveWeek.execute(archivedWeek, { ...run, force });
  const verify = () => feature.verifyWeek.execute(archivedWeek, run);
  const remove = () => feature.deleteWeek.execute(archivedWeek, run);
  const tidy = () => feature.removeReplaced.execute(archivedWeek);
  const manifests = (): Promise<Manifest[]> => feature.reader.manifests(archivedWeek.batchId);
  const later = (user: string, us = 5n): WrittenAttempt =>
    aWrittenAttempt(user, { writeTimeUs: aWrittenAttempt(user).writeTimeUs + us, lastAttemptedOnMs: attemptedMs + 9 });

  async function archived(of?: readonly Manifest[]): Promise<string[]> {
    const found: string[] = [];
    for (const manifest of of ?? (await manifests())) {
      for (const object of manifest.objects) {
        for await (const row of feature.reader.writtenRows(manifest, object)) {
          found.push(`${row.userId} ${row.writeTimeUs - aWrittenAttempt('').writeTimeUs}`);
        }
      }
    }
    return found.sort();
  }

  async function keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of storage.list('')) found.push(key);
    return found;
  }

  it('holds what the table and what deleted rows left in the objects, each key once, as it was written last', async () => {
    ['a', 'b', 'c'].forEach((user) => table.insert(aWrittenAttempt(user)));
    await archive();
    await verify();
    expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 3 });
    table.insert(later('b'));
    table.insert(aWrittenAttempt('d'));
    await archive();
    expect(await archived()).toEqual(['a 0', 'b 0', 'b 5', 'c 0', 'd 0']);

    const outcome = await archive(true);
    expect(outcome).toMatchObject({ kind: 'archived', record: { rows: 4, iteration: 3, deletion: 'PENDING' } });
    const latest = (await manifests()).filter(({ iteration }) => iteration === 3);
    expect(await archived(latest)).toEqual(['a 0', 'b 5', 'c 0', 'd 0']);
    expect(latest[0]?.replaces).toHaveLength(2);
    expect(await verify()).toMatchObject({ kind: 'verified', comparison: { archivedRows: 4, matchingRows: 2 } });
    expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 2 });
  });

  it('replaces an object whose row was written again as what it was, for an earlier record of the same event', async () => {
    const row = aWrittenAttempt('a');
    table.insert(row);
    await archive();
    const writeTimeUs = row.writeTimeUs + 1n;
    table.insert({ ...row, writeTimeUs, createdOnMs: (row.createdOnMs ?? 0) - 5, updatedOnMs: archivedOnMs - 5 });
    await archive();
    await archive(true);
    const latest = (await manifests()).at(-1);
    expect(latest).toMatchObject({ iteration: 3, rows: 1, replaces: [{}, {}] });
  });

  it('goes on after its rows are deleted, again and again, without losing one', async () => {
    ['a', 'b'].forEach((user) => table.insert(aWrittenAttempt(user)));
    await archive();
    await verify();
    await remove();
    for (let round = 0; round < 3; round += 1) {
      await archive(true);
      await verify();
      nowMs += options.replacedGraceMs;
      expect(await tidy()).toEqual({ kind: 'removed', objects: 3 });
      expect(await remove()).toMatchObject({ kind: 'deleted', deletedRows: 0 });
      expect(await archived()).toEqual(['a 0', 'b 0']);
    }
    expect(await manifests()).toMatchObject([{ iteration: 4, rows: 2 }]);
    expect(await keys()).toHaveLength(3);
  });

  it('lets replaced objects go only verified, after a grace time, and when nothing of them is missing', async () => {
    table.insert(aWrittenAttempt('a'));
    await archive();
    await archive(true);
    const all = await keys();
    expect(await tidy()).toMatchObject({ kind: 'waiting' });
    nowMs += 2 * options.replacedGraceMs;
    expect(await tidy()).toMatchObject({ kind: 'waiting' });
    await verify();
    expect(await tidy()).toMatchObject({ kind: 'waiting' });
    nowMs += options.replacedGraceMs;
    const [rowsOfNew = ''] = (await keys()).filter((key) => key.endsWith('.csv.gz')).slice(-1);
    await storage.remove(rowsOfNew);
    expect(await tidy()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.MISSING_OBJECT' } });
    expect(await keys()).toEqual(all.filter((key) => key !== rowsOfNew));
  });

  it('removes what is left of replaced objects when it was killed in the middle', async () => {
    table.insert(aWrittenAttempt('a'));
    await archive();
    await archive(true);
    await verify();
    nowMs += options.replacedGraceMs;
    const kept = storage.remove.bind(storage);
    storage.remove = async (key) => {
      storage.remove = async () => {
        throw new Error('killed');
      };
      await kept(key);
    };
    expect(await tidy()).toMatchObject({ kind: 'failed' });
    expect(await manifests()).toHaveLength(1);
    storage.remove = kept;
    expect(await tidy()).toEqual({ kind: 'removed', objects: 2 });
    expect(await tidy()).toEqual({ kind: 'nothing' });
    expect(await verify()).toMatchObject({ kind: 'verified' });
  });

  it('keeps an object with a version that is greater for a report, though it was written earlier', async () => {
    const greater = { lastAttemptedOnMs: attemptedMs + 99 };
    table.insert(aWrittenAttempt('a', greater));
    table.insert(aWrittenAttempt('b'));
    await archive();
    table.insert({ ...later('a'), lastAttemptedOnMs: attemptedMs });
    await archive();
    await archive(true);
    const replaced = (await manifests()).flatMap(({ replaces = [] }) => replaces.map(({ key }) => key));
    expect(replaced).toEqual([expect.stringContaining('2021-5-2.manifest.json')]);
    await verify();
    nowMs += options.replacedGraceMs;
    await tidy();
    expect(await archived()).toEqual(['a 0', 'a 5', 'b 0', 'b 0']);
    expect(await verify()).toMatchObject({ kind: 'verified' });
  });

  it('finds it missing when the manifest that replaced others is gone', async () => {
    table.insert(aWrittenAttempt('a'));
    await archive();
    await archive(true);
    await storage.remove((await manifests()).at(-1)?.key ?? '');
    expect(await verify()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.MISSING_MANIFEST' } });
  });
});
