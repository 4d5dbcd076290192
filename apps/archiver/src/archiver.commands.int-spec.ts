import { gzipSync } from 'node:zlib';
import { CassandraArchivalLedger } from '@scorekeep/core/adapter-cassandra';
import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { attemptKey, type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { generateSunbirdHistory, sunbirdArchive } from '@scorekeep/core/testing-core';
import { bodyOf } from '@scorekeep/platform/testing-platform';
import { attempt, attempts, course, firstMs, weekNames, weekOf } from './archived-attempts.fixture';
import { ArchiverStage, lastLine } from './archiver-stage.fixture';

jest.setTimeout(300_000);

describe.each<StorageLayout>(['unified', 'split'])('archiver run, restore, adopt and search, %s layout', (layout) => {
  let stage: ArchiverStage;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, layout, 's3');
  });
  afterAll(async () => stage.close());

  const sorted = (rows: readonly WrittenAttempt[]): WrittenAttempt[] => [...rows].sort(stage.order);
  const json = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await stage.run([...args, '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return lastLine(stdout);
  };
  const everything = async (batchId: string) => ({
    live: await stage.live(batchId),
    keys: await stage.keys(`${batchId}_`),
    records: await new CassandraArchivalLedger(stage.session).ofBatch(batchId),
  });
  const states = async (batchId: string): Promise<string[]> =>
    (await stage.status('--batch', batchId)).map(({ archival, deletion }) => `${archival} ${deletion}`);
  /** Restored rows are what they were, 1 µs above their tombstones. */
  const restored = (rows: readonly WrittenAttempt[]): WrittenAttempt[] =>
    sorted(rows.map((row) => ({ ...row, writeTimeUs: row.writeTimeUs + 1n })));

  describe('run', () => {
    const batchId = 'run';

    it('says in a dry run what there is to do, and changes nothing', async () => {
      await stage.insert(attempts(batchId, 30));
      const before = await everything(batchId);
      expect(await json('run', '--period', 'all', '--batch', batchId, '--dry-run')).toMatchObject({
        command: 'run',
        dryRun: true,
        archive: { totals: { weeks: 3, rows: 30 } },
      });
      expect(await everything(batchId)).toEqual(before);
    });

    it('archives and deletes the weeks that are asked for, and nothing a second time', async () => {
      const ofFirstWeek = attempts(batchId, 30).filter((row) => weekOf(row) === weekNames[0]);
      expect(await json('run', '--before', '2021-01-04', '--batch', batchId)).toMatchObject({
        archive: { totals: { archived: 1, rows: 10 } },
        delete: { totals: { deleted: 1, deletedRows: 10 } },
      });
      expect(await stage.live(batchId)).toHaveLength(20);
      expect(sorted(await stage.archived(batchId))).toEqual(sorted(ofFirstWeek));
      await json('run', '--period', 'all', '--batch', batchId);
      expect(await states(batchId)).toEqual(weekNames.map(() => 'SUCCESS SUCCESS'));
      const done = await everything(batchId);
      expect(done.live).toEqual([]);
      expect(await json('run', '--period', 'all', '--batch', batchId)).toMatchObject({ archive: { weeks: [] } });
      expect(await everything(batchId)).toEqual(done);
    });
  });

  describe('restore', () => {
    const batchId = 'restore';
    const rows = attempts(batchId, 30);
    const ofFirstWeek = rows.filter((row) => weekOf(row) === weekNames[0]);
    const scores = async () => Promise.all(rows.map(async (row) => (await stage.book.read(row)).aggregates));
    let scoresBefore: Awaited<ReturnType<typeof scores>>;

    beforeAll(async () => {
      await stage.insert(rows);
      await json('run', '--period', 'all', '--batch', batchId);
      scoresBefore = await scores();
    });

    it('says in a dry run what it would bring back, and changes nothing', async () => {
      const before = await everything(batchId);
      expect(await json('restore', '--batch', batchId, '--dry-run')).toMatchObject({
        dryRun: true,
        totals: { weeks: 3, restorable: 3, archivedRows: 30 },
      });
      expect(await everything(batchId)).toEqual(before);
    });

    it('puts the rows of a week back as they were, and the scores stay', async () => {
      const keys = await stage.keys(`${batchId}_`);
      expect(await json('restore', '--batch', batchId, '--week', weekNames[0] ?? '')).toMatchObject({
        totals: { weeks: 1, restored: 1, restoredRows: 10 },
      });
      expect(await stage.live(batchId)).toEqual(restored(ofFirstWeek));
      expect(await states(batchId)).toEqual(['RESTORED PENDING', 'SUCCESS SUCCESS', 'SUCCESS SUCCESS']);
      expect(await stage.keys(`${batchId}_`)).toEqual(keys);
      expect(await scores()).toEqual(scoresBefore);
      for (const row of restored(ofFirstWeek)) {
        const entry = (await stage.book.read(row)).attempts.get(attemptKey(row));
        expect(entry?.writeTimeUs).toBe(row.writeTimeUs);
      }
    });

    it('is left alone by a schedule, and archived and deleted again when it is asked for by name', async () => {
      const before = await everything(batchId);
      await json('run', '--period', 'all');
      expect(await everything(batchId)).toEqual(before);

      const named = ['--batch', batchId];
      expect(await json('archive', '--period', 'all', ...named)).toMatchObject({ totals: { archived: 1, rows: 10 } });
      expect(await json('verify', ...named)).toMatchObject({ totals: { verified: 3 } });
      expect(await json('delete', ...named)).toMatchObject({ totals: { deleted: 1, deletedRows: 10 } });
      expect(await stage.live(batchId)).toEqual([]);
      expect(await scores()).toEqual(scoresBefore);
    });

    it('brings a whole batch back, with what a learner answered since', async () => {
      const laterMs = firstMs + 1_000_000;
      const again = attempt(batchId, 0, { updatedOnMs: laterMs, lastAttemptedOnMs: laterMs, totalScore: 9 });
      await stage.insert([{ ...again, writeTimeUs: BigInt(laterMs) * 1000n }]);
      await json('restore', '--batch', batchId);
      const live = await stage.live(batchId);
      expect(live).toHaveLength(30);
      expect(live.find(({ attemptId }) => attemptId === again.attemptId)).toMatchObject({ totalScore: 9 });
    });
  });

  describe('adopt', () => {
    const shape = { seed: 11, batches: 1, learnersPerBatch: 12, weeks: 4, questions: 3 };
    const [file] = sunbirdArchive(generateSunbirdHistory({ ...shape, fromMs: Date.UTC(2021, 9, 4) }));
    const { isoYear, isoWeek } = isoWeekOf(file?.weekOfMs ?? 0);
    const key = (): string =>
      `${stage.prefix}/${file?.batchId}_${file?.courseId}/${isoYear}-${isoWeek}-1641000000000.csv.gz`;

    it('reads an object of the reference to its end in a dry run, and writes nothing', async () => {
      await stage.storage.put(key(), bodyOf(gzipSync(file?.csv ?? '')));
      const before = await everything(file?.batchId ?? '');
      const rows = (file?.csv.trimEnd().split('\n').length ?? 0) - 1;
      expect(await json('adopt', '--dry-run')).toMatchObject({ dryRun: true, totals: { adoptable: 1, rows } });
      expect(await everything(file?.batchId ?? '')).toEqual(before);
    });

    it('writes a manifest for it, after which it is verified like any other; a second time there is none left', async () => {
      expect(await json('adopt', '--batch', file?.batchId ?? '')).toMatchObject({ totals: { adopted: 1 } });
      expect((await stage.keys(`${file?.batchId}_`)).filter((each) => each.endsWith('.manifest.json'))).toHaveLength(1);
      expect(await json('verify', '--batch', file?.batchId ?? '')).toMatchObject({ totals: { verified: 1 } });
      expect(await json('adopt')).toMatchObject({ totals: { objects: 0 } });
    });

    it('names an object that cannot be read to its end, and takes the others in: exit 1', async () => {
      const broken = `${stage.prefix}/broken_${course}/2022-2-1641000000001.csv.gz`;
      const bytes = gzipSync(file?.csv ?? '');
      await stage.storage.put(broken, bodyOf(bytes.subarray(0, bytes.length - 20)));
      const { code, stdout } = await stage.run(['adopt', '--json']);
      expect(code).toBe(1);
      expect(lastLine(stdout)).toMatchObject({
        objects: [{ object: stage.storage.urlOf(broken), outcome: 'failed' }],
        totals: { failed: 1 },
      });
      await stage.storage.remove(broken);
    });
  });

  describe('search', () => {
    it('lists records by batch, states and week, with who asked and when', async () => {
      await stage.insert(attempts('search', 6));
      await json('archive', '--period', 'all', '--batch', 'search');
      await json('delete', '--batch', 'search', '--before', '2021-01-04');
      const found = async (...args: string[]) => {
        const { weeks } = (await json('search', '--batch', 'search', ...args)) as { weeks: Record<string, unknown>[] };
        return weeks;
      };
      const all = await found();
      expect(all.map((week) => `${String(week['isoYear'])}-${String(week['isoWeek'])}`)).toEqual(weekNames);
      expect(all[0]).toMatchObject({
        ...{ batchId: 'search', collectionId: course, archival: 'SUCCESS', deletion: 'SUCCESS', rows: 2, iteration: 1 },
        ...{ request: expect.stringContaining('archive') as unknown, error: null, owner: null },
        completedOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
      });
      expect(await found('--deletion', 'SUCCESS')).toEqual(all.slice(0, 1));
      expect(await found('--deletion', 'PENDING', '--week', '2021-2')).toEqual(all.slice(2));
      expect(await found('--state', 'FAILED')).toEqual([]);
    });
  });
});
