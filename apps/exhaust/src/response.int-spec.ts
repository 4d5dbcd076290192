import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isoWeekOf, type IsoWeek, type Manifest } from '@scorekeep/core/domain-archive';
import {
  csvLine,
  type ReportNames,
  responseColumns,
  responseNumbers,
  type ResponseFormat,
  responseRows,
} from '@scorekeep/core/domain-exhaust';
import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { anAnswer, aVersion } from '@scorekeep/core/testing-core';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { NodeParquetStreams } from '@scorekeep/platform/adapter-parquet';
import { collect } from '@scorekeep/platform/testing-platform';
import { archivedRecord } from './archived-record.fixture';
import { ReportStage } from './report-stage.fixture';
import { CassandraArchivalLedger } from '@scorekeep/core/adapter-cassandra';

jest.setTimeout(180_000);

const course = 'do_1130';
const batch = '0130';
const weekMs = 7 * 24 * 3600 * 1000;
const firstWeekMs = Date.UTC(2023, 11, 27);
const weeks = 3;
const format: ResponseFormat = { timeZone: 'UTC', jsonStyle: 'reference', formulaGuard: true };
const names: ReportNames = {
  collectionName: 'Health, "basics" 😀',
  batchName: '=Autumn',
  titles: new Map([['do_quiz', 'Quiz 1\nsecond line']]),
};

/** Attempts of many learners over three weeks, with texts that are hard to write. */
function attemptsOf(count: number): WrittenAttempt[] {
  return Array.from({ length: count }, (_, index) => {
    const updatedOnMs = firstWeekMs + (index % weeks) * weekMs + index * 1000;
    const answers = Array.from({ length: 1 + (index % 4) }, (_each, question) =>
      anAnswer({
        questionId: `q${question}`,
        etsMs: updatedOnMs + question,
        score: [1, 1 / 3, -0.5, 0][question] ?? 0,
        title: ['What is it?\n', '=1+1', 'He said "yes", ಕನ್ನಡ', null][index % 4] ?? null,
        params: [
          new Map([
            ['1', '{"text":"A\\n"}'],
            ['10', 'ten'],
            ['2', 'two'],
          ]),
        ],
        durationSeconds: index / 4,
      }),
    );
    const row = aVersion(`learner-${index % 11}`, 0, { courseId: course, batchId: batch, contentId: 'do_quiz' });
    const identity = { attemptId: `attempt-${index}`, answers: index % 7 === 6 ? [] : answers };
    const times = { createdOnMs: updatedOnMs, updatedOnMs, lastAttemptedOnMs: updatedOnMs - 500 };
    return { ...row, ...identity, ...times, writeTimeUs: BigInt(updatedOnMs) * 1000n };
  });
}

const weekOf = (week: IsoWeek) => ({ batchId: batch, collectionId: course, week });

describe.each<{ layout: StorageLayout; provider: StorageProvider }>([
  { layout: 'unified', provider: 'local' },
  { layout: 'split', provider: 's3' },
])('exhaust response, $layout layout, $provider store', ({ layout, provider }) => {
  let stage: ReportStage;
  let file: string;
  const rows = attemptsOf(60);
  const ofWeek = (number: number) => rows.filter((_, index) => index % weeks === number);
  const manifests: Manifest[] = [];

  const report = (...args: string[]) => stage.run(['response', '--batch', batch, '--out', file, ...args]);
  const expected = (attempts: readonly WrittenAttempt[], written = format) =>
    [
      csvLine(responseColumns),
      ...[...attempts].sort(stage.order).flatMap((row) => responseRows(row, names, written).map(csvLine)),
    ].join('');
  const archiveWeek = async (number: number) => {
    const moved = ofWeek(number);
    manifests.push(await stage.archive(weekOf(isoWeekOf(moved[0]?.updatedOnMs ?? 0)), moved));
  };
  const left = () => readdirSync(stage.folder).filter((name) => name.endsWith('.partial'));

  beforeAll(async () => {
    stage = await ReportStage.open(process.env, layout, provider);
    await stage.insert(rows);
    for (let index = 0; index < 11; index += 1) {
      const active = index !== 3;
      await stage.put('user_enrolments', { userid: `learner-${index}`, courseid: course, batchid: batch, active });
    }
    await stage.put('course_batch', { courseid: course, batchid: batch, name: names.batchName });
    const children = [{ identifier: 'u', children: [{ identifier: 'do_quiz', name: names.titles.get('do_quiz') }] }];
    const hierarchy = JSON.stringify({ identifier: course, name: names.collectionName, children });
    await stage.put('content_hierarchy', { identifier: course, hierarchy });
  });
  beforeEach(() => (file = join(stage.folder, 'report.csv')));
  afterAll(async () => stage.close());

  it('reports live attempts of active learners', async () => {
    const run = await report('--json');
    expect(run).toMatchObject({ code: 0 });
    const active = rows.filter(({ userId }) => userId !== 'learner-3');
    expect(readFileSync(file, 'utf8')).toBe(expected(active));
    const questions = active.reduce((sum, { answers }) => sum + answers.length, 0);
    expect(JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      batchId: batch,
      file,
      format: 'csv',
      learners: 10,
      attempts: active.length,
      questions,
      attemptsLeftOut: rows.length - active.length,
      rowsFromArchive: 0,
      rowsFromTable: rows.length,
      restarts: 0,
    });
    expect(left()).toEqual([]);
  });

  it('reports the same when rows are archived, and archived and deleted, in part and in full', async () => {
    const counts: object[] = [];
    for (const step of [
      async () => archiveWeek(0),
      async () => stage.delete(ofWeek(0)),
      async () => {
        await archiveWeek(1);
        await archiveWeek(2);
        await stage.delete([...ofWeek(1), ...ofWeek(2)]);
      },
    ]) {
      await step();
      const run = await report('--include-unenrolled', '--json');
      expect(run).toMatchObject({ code: 0 });
      expect(readFileSync(file, 'utf8')).toBe(expected(rows));
      const { rowsFromArchive, rowsFromTable } = JSON.parse(run.stdout) as Record<string, number>;
      counts.push({ rowsFromArchive, rowsFromTable });
    }
    expect(counts).toEqual([
      { rowsFromArchive: 20, rowsFromTable: 60 },
      { rowsFromArchive: 20, rowsFromTable: 40 },
      { rowsFromArchive: 60, rowsFromTable: 0 },
    ]);
    expect(manifests.some(({ objects }) => objects.length > 1)).toBe(true);
  });

  it('has a greater version that came after archival, and of a row that came back the same', async () => {
    const [again, restored] = ofWeek(1) as [WrittenAttempt, WrittenAttempt];
    const updatedOnMs = firstWeekMs + 20 * weekMs;
    const resubmitted: WrittenAttempt = {
      ...again,
      updatedOnMs,
      lastAttemptedOnMs: updatedOnMs,
      answers: [anAnswer({ score: 0.25, etsMs: updatedOnMs })],
      writeTimeUs: BigInt(updatedOnMs) * 1000n,
    };
    await stage.insert([resubmitted, { ...restored, writeTimeUs: restored.writeTimeUs + 1n }]);
    expect(await report('--include-unenrolled')).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe(expected(rows.map((row) => (row === again ? resubmitted : row))));
    await stage.delete([resubmitted, { ...restored, writeTimeUs: restored.writeTimeUs + 1n }]);
  });

  it('writes csv.gz, plain JSON and another zone when asked', async () => {
    const run = await stage.run(
      ['response', '--batch', batch, '--collection', course, '--out', `${file}.gz`, '--include-unenrolled'],
      { REPORT_TIME_ZONE: 'Asia/Kolkata', EXHAUST_JSON_STYLE: 'json' },
    );
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('rows from archive') as unknown });
    const written = gunzipSync(readFileSync(`${file}.gz`)).toString();
    expect(written).toBe(expected(rows, { ...format, timeZone: 'Asia/Kolkata', jsonStyle: 'json' }));
  });

  it("reads the reference's own file, says so once, and fails when it is cut off", async () => {
    const [known] = ofWeek(0) as [WrittenAttempt];
    const foreign = {
      ...aVersion('learner-of-old'),
      courseId: course,
      batchId: batch,
      contentId: 'do_quiz',
      answers: [],
    };
    const key = `${stage.session.keyspace}/${batch}_${course}/2021-5-1612345678901.csv.gz`;
    const header =
      'batch_id,course_id,user_id,content_id,attempt_id,last_attempted_on,created_on,updated_on,grand_total,total_score,total_max_score,question';
    const line = ({ userId, attemptId }: WrittenAttempt) =>
      `${batch},${course},${userId},do_quiz,${attemptId},${new Date(foreign.lastAttemptedOnMs ?? 0).toISOString()},null,,null,null,null,null`;
    const bytes = gzipSync([header, line(foreign), line(known), ''].join('\n'));
    await stage.storage.put(key, once(bytes));
    const run = await report('--include-unenrolled');
    expect(run).toMatchObject({ code: 0 });
    expect(run.stderr.split('archived files without a manifest')).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).toBe(expected([...rows, foreign]));
    await stage.storage.put(key, once(bytes.subarray(0, bytes.length - 9)), { replace: true });
    expect(await report()).toMatchObject({ code: 1, stderr: expect.stringContaining(key) as unknown });
    await stage.storage.remove(key);
  });

  it('writes parquet', async () => {
    expect(await report('--include-unenrolled', '--format', 'parquet')).toMatchObject({ code: 0 });
    const columns = responseColumns.map(
      (name) => ({ name, type: responseNumbers.has(name) ? 'double' : 'text' }) as const,
    );
    const decoded = await collect(new NodeParquetStreams().decode(columns, once(readFileSync(file))));
    const cells = [...rows].sort(stage.order).flatMap((row) => responseRows(row, names, format));
    const texts = decoded.map((row) => row.map((cell) => (typeof cell === 'number' ? 'number' : (cell ?? ''))));
    expect(texts).toEqual(
      cells.map((row) =>
        row.map((cell, index) => (cell !== '' && columns[index]?.type === 'double' ? 'number' : cell)),
      ),
    );
  });

  it('writes the header alone for an unknown batch, and says so', async () => {
    const run = await stage.run(['response', '--batch', 'unknown', '--out', file]);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('unknown has no answers') as unknown });
    expect(readFileSync(file, 'utf8')).toBe(csvLine(responseColumns));
  });

  it('fails, names the object and leaves no file when an object is altered', async () => {
    const altered = manifests[0]?.objects[0]?.key ?? '';
    const bytes = await contentOf(altered);
    file = join(stage.folder, 'never.csv');
    const changed = Uint8Array.from(bytes);
    changed[20] = (changed[20] ?? 0) ^ 1;
    for (const content of [changed, bytes.subarray(0, bytes.length - 9)]) {
      await stage.storage.put(altered, once(content), { replace: true });
      const run = await report('--json');
      expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(altered) as unknown, stdout: '' });
      expect(existsSync(file)).toBe(false);
      expect(left()).toEqual([]);
    }
    await stage.storage.remove(altered);
    expect(await report()).toMatchObject({ code: 1, stderr: expect.stringContaining(altered) as unknown });
    expect(existsSync(file)).toBe(false);
    await stage.storage.put(altered, once(bytes));
    expect(await report()).toMatchObject({ code: 0 });
  });

  it('fails when a recorded week has no manifest', async () => {
    const lost = weekOf({ isoYear: 2023, isoWeek: 10 });
    const ledger = new CassandraArchivalLedger(stage.session);
    await ledger.save(archivedRecord(lost, 5), 0);
    writeFileSync(file, 'as before');
    const run = await report();
    expect(run).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/2023-10.*0130.*ARCHIVE.MISSING_MANIFEST/) as unknown,
    });
    expect(readFileSync(file, 'utf8')).toBe('as before');
    await ledger.save({ ...archivedRecord(lost, 5), archival: 'RESTORED', version: 2 }, 1);
  });

  async function contentOf(key: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await stage.storage.open(key)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
});
