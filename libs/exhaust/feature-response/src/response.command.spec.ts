import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ReportNaming } from '@scorekeep/core/domain-exhaust';
import { aVersion, hashToken, InMemoryByteStreams, reportPorts } from '@scorekeep/core/testing-core';
import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { AttemptsOfBatch } from './attempts-of-batch';
import { ExhaustSettings } from './exhaust.settings';
import { FileReportSink } from './file-report-sink';
import { LearnerChoice } from './learner-choice';
import { ProduceResponseReport } from './produce-response-report.use-case';
import { ResponseCommand } from './response.command';

const batchId = 'batch-1';
const week = { batchId, collectionId: 'do_course', week: { isoYear: 2023, isoWeek: 40 } };

describe('exhaust response', () => {
  let ports: ReturnType<typeof reportPorts>;
  let folder: string;
  let stdout: string;
  let stderr: string;

  beforeEach(() => {
    ports = reportPorts();
    folder = mkdtempSync(join(tmpdir(), 'response-command-'));
    stdout = '';
    stderr = '';
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (options: Partial<Parameters<ResponseCommand['run']>[1]> = {}) => {
    const { table, archive, ledger, enrolments, profiles, batches, hierarchies, names: contentNames } = ports;
    const choice = new LearnerChoice(enrolments, profiles);
    const attempts = new AttemptsOfBatch({ live: table, archive, ledger, tokenOf: hashToken });
    const naming = new ReportNaming(hierarchies, batches, contentNames);
    const output = new Output({
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
    });
    const command = new ResponseCommand(
      new ProduceResponseReport(attempts, choice, naming, new InMemoryByteStreams(), new FileReportSink()),
      new ExhaustSettings(),
      output,
      new Interruption(new AbortController().signal),
    );
    const out = join(folder, 'report.csv');
    await command.run([], { batch: batchId, out, ...options });
    return options.out ?? out;
  };

  it('prints a table and where the file lies', async () => {
    ports.table.insert(aVersion('a'));
    const out = await run({ includeUnenrolled: true });
    expect(stdout).toMatch(/learners.*attempts.*questions.*rows from archive.*rows from table.*seconds.*MB/);
    expect(stdout.trimEnd().endsWith(out)).toBe(true);
    expect(stderr).toContain('response report, % of the batch');
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(3);
  });

  it('prints one JSON object with every figure', async () => {
    ports.table.insert(aVersion('a'));
    ports.table.insert(aVersion('b'));
    ports.archive.publish(week, [aVersion('c')]);
    ports.enrolments.enrol({ courseId: 'do_course', batchId }, 'a');
    ports.enrolments.enrol({ courseId: 'do_course', batchId }, 'c');
    const file = await run({ json: true, collection: 'do_course' });
    expect(JSON.parse(stdout)).toEqual({
      batchId,
      collectionId: 'do_course',
      file,
      format: 'csv',
      learners: 2,
      attempts: 2,
      questions: 2,
      rows: 2,
      attemptsLeftOut: 1,
      rowsFromArchive: 1,
      rowsFromTable: 2,
      restarts: 0,
      seconds: expect.any(Number) as number,
      megabytes: expect.any(Number) as number,
    });
    expect(stderr).toContain('left out: 1 attempt of learners who are not actively enrolled');
  });

  it.each([
    { name: 'a batch without answers', attempts: 0, words: `batch ${batchId} has no answers` },
    { name: 'a batch without enrolled learners', attempts: 2, words: 'all there is are 2 attempts of learners' },
  ])('says why the file holds the header only: $name', async ({ attempts, words }) => {
    for (let index = 0; index < attempts; index += 1) ports.table.insert(aVersion(`learner ${index}`));
    const out = await run();
    expect(stderr).toContain(words);
    expect(stderr).toContain('header only');
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(2);
  });

  it.each([
    { out: 'r.csv.gz', format: undefined, packed: true },
    { out: 'r.csv', format: 'csv.gz', packed: true },
    { out: 'r.csv.gz', format: 'csv', packed: false },
    { out: 'report', format: undefined, packed: false },
  ] as const)('writes $out as $format: packed $packed', async ({ out, format, packed }) => {
    ports.table.insert(aVersion('a'));
    const file = await run({ out: join(folder, out), ...(format && { format }), includeUnenrolled: true });
    const bytes = readFileSync(file);
    expect((packed ? gunzipSync(bytes) : bytes).toString()).toContain('BatchId_batch-1');
  });

  it('says that it starts again', async () => {
    ports.table.insert(aVersion('a'));
    let published = false;
    ports.table.beforeRow = async () => {
      if (!published) ports.archive.publish(week, [aVersion('b')]);
      published = true;
    };
    await run({ json: true });
    expect(stderr).toMatch(/the archive changed meanwhile \(.*2023-40-1.* appeared\): starting again/);
    expect(JSON.parse(stdout)).toMatchObject({ restarts: 1 });
  });

  it('takes no empty ids', () => {
    const parse = ResponseCommand.prototype;
    expect(() => parse.parseBatch('')).toThrow('must not be empty');
    expect(() => parse.parseCollection('')).toThrow('must not be empty');
    expect(() => parse.parseOut('')).toThrow('must not be empty');
    expect(() => parse.parseFormat('parquet')).toThrow('csv, csv.gz');
  });
});
