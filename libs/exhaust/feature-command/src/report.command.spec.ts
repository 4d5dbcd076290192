import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Dataset,
  type ProducedReport,
  type ReportOrder,
  ReportProducer,
  ReportProducers,
  type ReportTarget,
  type ReportWatcher,
} from '@scorekeep/core/domain-exhaust';
import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { FileReportSink } from './file-report-sink';
import { ProgressCommand } from './progress.command';
import { type ReportOptions } from './report.command';
import { ResponseCommand } from './response.command';

/** Writes one line, and remembers what it was asked. */
class OneLineProducer extends ReportProducer {
  readonly orders: ReportOrder[] = [];
  restarts = 0;
  report: Omit<ProducedReport, 'bytes'> = { rows: 3, learners: 2, details: { rowsFromArchive: 1 }, remarks: ['odd'] };

  constructor(override readonly dataset: Dataset) {
    super();
  }

  override async produce(order: ReportOrder, { sink, name }: ReportTarget, watcher: ReportWatcher) {
    this.orders.push(order);
    watcher.advanced(50, 1);
    for (let count = 0; count < this.restarts; count += 1) watcher.restarted('x appeared');
    async function* line(this: void): AsyncGenerator<Uint8Array> {
      yield Buffer.from('line\n');
    }
    await sink.publish(name, line(), { confirm: async () => true, signal: watcher.signal });
    return { ...this.report, bytes: 123_456 };
  }
}

describe('exhaust response and exhaust progress', () => {
  let folder: string;
  let stdout: string;
  let stderr: string;
  let response: OneLineProducer;
  let progress: OneLineProducer;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'report-command-'));
    stdout = '';
    stderr = '';
    response = new OneLineProducer('response-exhaust');
    progress = new OneLineProducer('progress-exhaust');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (
    options: Partial<ReportOptions> = {},
    Command: typeof ResponseCommand | typeof ProgressCommand = ResponseCommand,
  ) => {
    const output = new Output({
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
    });
    const producers = new ReportProducers([response, progress]);
    const interruption = new Interruption(new AbortController().signal);
    const out = join(folder, 'report.csv');
    await new Command(producers, new FileReportSink(), output, interruption).run([], { batch: 'b', out, ...options });
    return options.out ?? out;
  };

  it('prints a table, where the file lies, and what there is to say', async () => {
    const out = await run();
    expect(stdout).toMatch(/learners.*rows from archive.*rows.*seconds.*MB/);
    expect(stdout.trimEnd().endsWith(out)).toBe(true);
    expect(stderr).toContain('response report, % of the batch');
    expect(stderr).toContain('odd');
    expect(readFileSync(out, 'utf8')).toBe('line\n');
  });

  it('prints one JSON object with every figure', async () => {
    const file = await run({ json: true, collection: 'c' });
    expect(JSON.parse(stdout)).toEqual({
      ...{ batchId: 'b', collectionId: 'c', file, format: 'csv', learners: 2, rows: 3, rowsFromArchive: 1 },
      seconds: expect.any(Number) as number,
      megabytes: 0.123,
    });
  });

  it('asks the producer of its dataset for what the options say', async () => {
    await run({ includeUnenrolled: true, collection: 'c', format: 'parquet' });
    await run({}, ProgressCommand);
    expect(response.orders).toEqual([{ batchId: 'b', collectionId: 'c', format: 'parquet', includeUnenrolled: true }]);
    expect(progress.orders).toEqual([{ batchId: 'b', format: 'csv', includeUnenrolled: false }]);
    expect(stderr).toContain('progress report, % of the batch');
  });

  it.each([
    { out: 'r.csv.gz', asked: undefined, format: 'csv.gz' },
    { out: 'r.csv', asked: 'csv.gz', format: 'csv.gz' },
    { out: 'r.csv.gz', asked: 'csv', format: 'csv' },
    { out: 'r.parquet', asked: undefined, format: 'parquet' },
    { out: 'report', asked: undefined, format: 'csv' },
  ] as const)('writes $out as $format, asked for $asked', async ({ out, asked, format }) => {
    await run({ out: join(folder, out), ...(asked && { format: asked }) });
    expect(response.orders[0]?.format).toBe(format);
  });

  it('says that it starts again', async () => {
    response.restarts = 1;
    await run();
    expect(stderr).toContain('the archive changed meanwhile (x appeared): starting again');
  });

  it('says nothing more of a report that has nothing more to say', async () => {
    response.report = { rows: 0, learners: 0 };
    await run({ json: true });
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(
      expect.arrayContaining(['batchId', 'file', 'format', 'learners', 'rows', 'seconds', 'megabytes']),
    );
  });

  it('takes no empty ids and no unknown format', () => {
    const parse = ResponseCommand.prototype;
    expect(() => parse.parseBatch('')).toThrow('must not be empty');
    expect(() => parse.parseCollection('')).toThrow('must not be empty');
    expect(() => parse.parseOut('')).toThrow('must not be empty');
    expect(() => parse.parseFormat('xlsx')).toThrow('csv, csv.gz, parquet');
  });
});
