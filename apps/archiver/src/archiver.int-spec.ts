import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { attemptKey, type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { anAnswer } from '@scorekeep/core/testing-core';
import { parse } from 'csv-parse/sync';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { attempt, attempts, course, firstMs, weekMs, weekNames, weekOf } from './archived-attempts.fixture';
import { ArchiverStage, lastLine } from './archiver-stage.fixture';

jest.setTimeout(300_000);

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

// Each layout and each store once: the stores are alike, which is what their own contract suite shows.
describe.each<{ layout: StorageLayout; provider: StorageProvider }>([
  { layout: 'unified', provider: 's3' },
  { layout: 'split', provider: 'local' },
])('archiver, $layout layout, $provider store', ({ layout, provider }) => {
  let stage: ArchiverStage;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, layout, provider);
  });
  afterAll(async () => stage.close());

  const sorted = (rows: readonly WrittenAttempt[]): WrittenAttempt[] => [...rows].sort(stage.order);
  const read = async (key: string): Promise<Buffer> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await stage.storage.open(key)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const archiver = (...args: string[]) => stage.run(args);

  it('archives, verifies and deletes, and does nothing the second time', async () => {
    const rows = attempts('story', 60);
    const running = attempt('story', 60, { updatedOnMs: Date.now() - 1000 });
    await stage.insert([...rows, running]);

    const archived = await archiver('archive', '--period', 'all', '--batch', 'story', '--json');
    expect(archived).toMatchObject({ code: 0 });
    expect(lastLine(archived.stdout)).toMatchObject({
      command: 'archive',
      totals: { weeks: 3, archived: 3, rows: 60 },
    });
    const keys = await stage.keys('story_do_1130/');
    expect(keys).toHaveLength(9);
    await objectsAreAsSpecified(rows);
    expect(await stage.live('story')).toEqual(sorted([...rows, running]));

    expect(lastLine((await archiver('archive', '--period', 'all', '--batch', 'story', '--json')).stdout)).toMatchObject(
      {
        weeks: [],
      },
    );
    expect(await stage.keys('story_do_1130/')).toEqual(keys);

    const verified = await archiver('verify', '--batch', 'story', '--json');
    expect(lastLine(verified.stdout)).toMatchObject({ totals: { weeks: 3, verified: 3 } });
    const cooling = await stage.run(['delete', '--batch', 'story', '--json'], { ARCHIVE_DELETE_AFTER: '7d' });
    expect(cooling.code).toBe(0);
    expect(lastLine(cooling.stdout)).toMatchObject({ totals: { weeks: 3, 'cooling-off': 3, deletedRows: 0 } });
    const deleted = await archiver('delete', '--batch', 'story', '--json');
    expect(deleted).toMatchObject({ code: 0 });
    expect(lastLine(deleted.stdout)).toMatchObject({ totals: { weeks: 3, deleted: 3, deletedRows: 60 } });

    expect(await stage.live('story')).toEqual([running]);
    expect(await stage.archived('story')).toHaveLength(60);
    for (const row of rows) {
      const scores = await stage.book.read(row);
      expect(scores.filled).toBe(true);
      expect(scores.attempts.get(attemptKey(row))).toMatchObject({
        score: row.totalScore,
        writeTimeUs: row.writeTimeUs,
      });
    }
    const status = await stage.status('--batch', 'story');
    expect(status).toHaveLength(3);
    for (const week of status) {
      expect(Object.keys(week).sort()).toEqual(
        'archival batchId bytes collectionId deletion isoWeek isoYear objects rows'.split(' '),
      );
      expect(week).toMatchObject({ collectionId: course, archival: 'SUCCESS', deletion: 'SUCCESS', rows: 20 });
      expect(week.objects).toHaveLength(1);
    }
    const again = await archiver('delete', '--batch', 'story', '--json');
    expect(lastLine(again.stdout)).toMatchObject({ totals: { 'already-deleted': 3, deletedRows: 0 } });
  });

  async function objectsAreAsSpecified(rows: readonly WrittenAttempt[]): Promise<void> {
    const manifests = await stage.reader.manifests('story', course);
    expect(manifests.map(({ week }) => `${week.isoYear}-${week.isoWeek}`)).toEqual(weekNames);
    for (const manifest of manifests) {
      const name = `${manifest.week.isoYear}-${manifest.week.isoWeek}`;
      const ofWeek = sorted(rows.filter((row) => weekOf(row) === name));
      expect(manifest.key).toBe(`${stage.prefix}/story_do_1130/${name}-1.manifest.json`);
      expect(manifest).toMatchObject({
        formatVersion: 1,
        table: layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw',
        ...{ layout, batchId: 'story', collectionId: course, rows: 20, iteration: 1, format: 'csv.gz' },
        minUpdatedOnMs: Math.min(...ofWeek.map(({ updatedOnMs }) => updatedOnMs ?? 0)),
        maxUpdatedOnMs: Math.max(...ofWeek.map(({ updatedOnMs }) => updatedOnMs ?? 0)),
      });
      const [object] = manifest.objects;
      if (!object) throw new Error('no object');
      expect(object.key).toMatch(new RegExp(`/story_do_1130/${name}-\\d{13}\\.csv\\.gz$`));
      const bytes = await read(object.key);
      const content = gunzipSync(bytes);
      expect(object).toMatchObject({ rows: 20, bytes: bytes.length, sha256: sha256(bytes) });
      expect(object.content).toEqual({ bytes: content.length, sha256: sha256(content) });
      const [header, ...lines] = parse(content);
      expect(header?.join()).toBe(
        'course_id,batch_id,user_id,content_id,attempt_id,created_on,grand_total,last_attempted_on,total_max_score,total_score,updated_on,question',
      );
      expect(lines.map((cells) => [cells[2], cells[4], Number(cells[10])])).toEqual(
        ofWeek.map(({ userId, attemptId, updatedOnMs }) => [userId, attemptId, updatedOnMs]),
      );
      expect(lines.map((cells) => (JSON.parse(cells[11] ?? '') as unknown[]).length)).toEqual(
        ofWeek.map(({ answers }) => answers.length),
      );
    }
    expect(sorted(await stage.archived('story'))).toEqual(sorted(rows));
  }

  it('keeps a row that was rewritten between archive and delete, and archives it later in its new week', async () => {
    const rows = attempts('rewritten', 9);
    await stage.insert(rows);
    const request = ['--period', 'all', '--batch', 'rewritten', '--json'];
    await archiver('archive', ...request);
    const [first] = rows as [WrittenAttempt];
    const laterMs = firstMs + 20 * weekMs;
    const again = attempt('rewritten', 0, {
      ...{ updatedOnMs: laterMs, lastAttemptedOnMs: laterMs, totalScore: 9 },
      answers: [anAnswer({ score: 9 })],
      writeTimeUs: BigInt(laterMs) * 1000n,
    });
    await stage.insert([again]);
    const deleted = await archiver('delete', '--batch', 'rewritten', '--json');
    expect(lastLine(deleted.stdout)).toMatchObject({ totals: { deleted: 3, deletedRows: 8 } });
    expect(await stage.live('rewritten')).toEqual([again]);
    expect(lastLine((await archiver('archive', ...request)).stdout)).toMatchObject({
      weeks: [{ ...isoWeekOf(laterMs), rows: 1, outcome: 'archived' }],
    });
    expect(await archiver('delete', '--batch', 'rewritten')).toMatchObject({ code: 0 });
    expect(await stage.live('rewritten')).toEqual([]);
    const copies = (await stage.archived('rewritten')).filter(({ attemptId }) => attemptId === first.attemptId);
    expect(copies.map(({ totalScore }) => totalScore)).toEqual([first.totalScore, 9]);
  });

  it('gives a late row of an archived week an object of its own, also after its week was deleted', async () => {
    await stage.insert(attempts('late', 6));
    const request = ['--period', 'all', '--batch', 'late', '--json'];
    await archiver('archive', ...request);
    const late = attempt('late', 99, { updatedOnMs: firstMs + 5 });
    await stage.insert([late]);
    const verified = await archiver('verify', '--batch', 'late', '--json');
    expect(verified.code).toBe(1);
    expect(lastLine(verified.stdout)).toMatchObject({ totals: { verified: 2, pending: 1 } });
    expect(await stage.status('--batch', 'late', '--date', '2021-01-01')).toMatchObject([{ archival: 'PENDING' }]);
    expect(lastLine((await archiver('archive', ...request)).stdout)).toMatchObject({
      weeks: [{ isoYear: 2020, isoWeek: 53, rows: 1, outcome: 'archived' }],
    });
    const manifests = (await stage.reader.manifests('late')).filter(({ week }) => week.isoWeek === 53);
    expect(manifests.map(({ iteration, rows }) => [iteration, rows])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(await archiver('delete', '--batch', 'late')).toMatchObject({ code: 0 });
    const later = attempt('late', 100, { updatedOnMs: firstMs + 6 });
    await stage.insert([later]);
    expect(lastLine((await archiver('archive', ...request)).stdout)).toMatchObject({
      totals: { archived: 1, rows: 1 },
    });
    expect(await archiver('delete', '--batch', 'late')).toMatchObject({ code: 0 });
    expect(await stage.live('late')).toEqual([]);
    expect(await stage.archived('late')).toHaveLength(8);
  });

  it('deletes nothing of a week whose object was altered or removed by hand', async () => {
    await stage.insert(attempts('altered', 3));
    await archiver('archive', '--period', 'all', '--batch', 'altered');
    expect(await archiver('verify', '--batch', 'altered')).toMatchObject({ code: 0 });
    const [key = ''] = (await stage.keys('altered_')).filter((each) => each.endsWith('.csv.gz'));
    const bytes = await read(key);
    const changed = Buffer.from(bytes);
    changed[25] = (changed[25] ?? 0) ^ 1;
    await stage.storage.put(key, once(changed), { replace: true });

    const failed = await archiver('delete', '--batch', 'altered', '--json');
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining(stage.storage.urlOf(key)) as unknown });
    expect(lastLine(failed.stdout)).toMatchObject({ totals: { deleted: 2, failed: 1, deletedRows: 2 } });
    expect(await stage.live('altered')).toHaveLength(1);
    const verified = await archiver('verify', '--batch', 'altered', '--json');
    expect(verified.code).toBe(1);
    expect(lastLine(verified.stdout)).toMatchObject({ totals: { verified: 2, failed: 1 } });

    await stage.storage.remove(key);
    expect(await archiver('verify', '--batch', 'altered')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(stage.storage.urlOf(key)) as unknown,
    });
    expect(await stage.live('altered')).toHaveLength(1);
    await stage.storage.put(key, once(bytes));
    expect(await archiver('verify', '--batch', 'altered')).toMatchObject({ code: 0 });
    expect(await archiver('delete', '--batch', 'altered')).toMatchObject({ code: 0 });
    expect(await stage.live('altered')).toEqual([]);
  });

  it('finishes, with every row once, after it was killed when the first object was there', async () => {
    const rows = attempts('killed', 90);
    await stage.insert(rows);
    const killed = await stage.run(['archive', '--period', 'all', '--batch', 'killed'], {}, (child) => {
      const look = setInterval(() => {
        void stage.keys('killed_').then((keys) => {
          if (keys.length > 0) child.kill('SIGKILL');
        });
      }, 2);
      child.on('close', () => clearInterval(look));
    });
    expect(killed.code).toBeNull();
    expect((await stage.reader.manifests('killed')).length).toBeLessThan(3);
    const rerun = await archiver('archive', '--period', 'all', '--batch', 'killed', '--json');
    expect(rerun).toMatchObject({ code: 0 });
    const status = await stage.status('--batch', 'killed');
    expect(status.map(({ archival, rows: count }) => [archival, count])).toEqual(weekNames.map(() => ['SUCCESS', 30]));
    expect(sorted(await stage.archived('killed'))).toEqual(sorted(rows));
    expect(await archiver('verify', '--batch', 'killed')).toMatchObject({ code: 0 });
  });

  it('changes nothing in a dry run', async () => {
    await stage.insert(attempts('dry', 30));
    const dry = await archiver('archive', '--period', 'all', '--batch', 'dry', '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(lastLine(dry.stdout)).toMatchObject({ dryRun: true, totals: { weeks: 3, rows: 30 } });
    expect(await stage.keys('dry_')).toEqual([]);
    expect(await stage.status('--batch', 'dry')).toEqual([]);

    await archiver('archive', '--period', 'all', '--batch', 'dry');
    const [status, keys] = [await stage.status('--batch', 'dry'), await stage.keys('dry_')];
    expect(await archiver('verify', '--batch', 'dry', '--dry-run')).toMatchObject({ code: 0 });
    const deleted = await archiver('delete', '--batch', 'dry', '--dry-run', '--json');
    expect(lastLine(deleted.stdout)).toMatchObject({ dryRun: true, totals: { deletable: 3, deletedRows: 0 } });
    expect(await stage.status('--batch', 'dry')).toEqual(status);
    expect(await stage.keys('dry_')).toEqual(keys);
    expect(await stage.live('dry')).toHaveLength(30);
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
