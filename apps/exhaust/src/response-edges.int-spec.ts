import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aVersion } from '@scorekeep/core/testing-core';
import { ReportStage } from './report-stage.fixture';
import { runExhaust } from './run-exhaust.fixture';

jest.setTimeout(180_000);

/** Nobody listens on it: it is reserved. */
const deadPort = 1;

describe('exhaust, called wrongly', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'exhaust-edges-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    { args: ['response', '--batch', 'b'], words: '--out' },
    { args: ['response', '--batch', 'b', '--out', 'f', '--turbo'], words: "unknown option '--turbo'" },
    { args: ['response', '--batch', 'b', '--out', 'f', '--format', 'xlsx'], words: 'csv, csv.gz, parquet' },
    { args: ['progress', '--out', 'f'], words: '--batch' },
  ])('exits 2: $args', async ({ args, words }) => {
    const run = await runExhaust(args, {});
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) as unknown });
  });

  it('exits 78 with every bad setting in one message', async () => {
    const run = await runExhaust(['response', '--batch', 'b', '--out', join(folder, 'r.csv')], {
      REPORT_TIME_ZONE: 'Mars/Phobos',
      EXHAUST_JSON_STYLE: 'xml',
      STORAGE_PROVIDER: 's3',
    });
    expect(run.code).toBe(78);
    for (const name of ['REPORT_TIME_ZONE', 'EXHAUST_JSON_STYLE', 'STORAGE_BUCKET']) expect(run.stderr).toContain(name);
  });

  it('exits 1 and names address and setting when Cassandra is not there', async () => {
    const run = await runExhaust(['response', '--batch', 'b', '--out', join(folder, 'r.csv')], {
      CASSANDRA_CONTACT_POINTS: `127.0.0.1:${deadPort}`,
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`127.0.0.1:${deadPort}`);
    expect(run.stderr).toContain('CASSANDRA_CONTACT_POINTS');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('exhaust response, in trouble', () => {
  let stage: ReportStage;
  let file: string;
  const args = () => ['response', '--batch', 'batch-1', '--out', file, '--include-unenrolled'];

  beforeAll(async () => {
    stage = await ReportStage.open(process.env, 'unified', 'local');
    file = join(stage.folder, 'report.csv');
    await stage.insert(Array.from({ length: 4000 }, (_, index) => aVersion(`learner ${index}`)));
  });
  afterAll(() => stage.close());

  it('exits 1 and names address and setting when the store is not there', async () => {
    const run = await stage.run(args(), {
      STORAGE_PROVIDER: 's3',
      STORAGE_BUCKET: 'bucket',
      S3_ENDPOINT: `http://127.0.0.1:${deadPort}`,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'key',
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`http://127.0.0.1:${deadPort}`);
    expect(run.stderr).toContain('S3_ENDPOINT');
    expect(readdirSync(stage.folder)).toEqual([]);
  });

  it('exits 1, names the file and leaves nothing when the disk is full', async () => {
    const run = await stage.run(args(), {}, { maxFileKilobytes: 300 });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`cannot write the report ${file}`);
    expect(readdirSync(stage.folder)).toEqual([]);
  });

  it('exits 130 and leaves nothing when it is interrupted while it writes', async () => {
    let sawPartial = false;
    const run = await stage.run(
      args(),
      {},
      {
        whileRunning: (interrupt) => {
          const watch = setInterval(() => {
            if (!readdirSync(stage.folder).some((name) => name.endsWith('.partial'))) return;
            clearInterval(watch);
            sawPartial = true;
            interrupt();
          }, 2);
          setTimeout(() => clearInterval(watch), 120_000).unref();
        },
      },
    );
    expect(sawPartial).toBe(true);
    expect(run.code).toBe(130);
    expect(readdirSync(stage.folder)).toEqual([]);
  });
});
