import { resolve } from 'node:path';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { statisticsOf } from '../statistics';
import { type ArchivalBenchOptions, parseArchivalOptions } from './archival-options';
import { ArchivalWorld } from './archival-world';
import { type BenchBatch, lastWednesdayMs } from './bench-rows';
import { DSBULK_VERSION, prepareDsbulk } from './dsbulk';
import { type CommandMeasurement } from './measured-command';

const ROOT = resolve(__dirname, '../../../..');
const COMMANDS = ['archive', 'verify', 'delete'] as const;
const DAY_MS = 86_400_000;
const COURSE = 'do_bench';

type Step = (typeof COMMANDS)[number] | 'dsbulk';

interface Figure extends CommandMeasurement {
  readonly rows: number;
  readonly contentBytes: number;
}

type Figures = Map<Step, Figure[]>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built archiver on one batch of a small and of a large table, beside DSBulk's unload of the same batch. */
export const archivalBenchmark: Benchmark = {
  name: 'archival',
  summary: "rows/s of archive, verify and delete of one batch, also in a larger table, beside DSBulk's unload",
  usage: `usage: npm run bench -- archival [--attempts 20000] [--runs 5] [--factor 10]

  --attempts  of the batch that is measured, of 20 questions each
  --runs      how often everything is measured, in the small table and in the large one
  --factor    how many times as many rows as the batch the large table has`,
  async run(args) {
    const options = parseArchivalOptions(args);
    if (!options) return 2;
    await measure(options);
    return 0;
  },
};

async function measure(options: ArchivalBenchOptions): Promise<void> {
  const environment = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, ['archiver', 'migrator']);
  await prepareDsbulk(say);
  describeMethod(options, environment);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Error('interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  const world = await ArchivalWorld.open(`bench_${process.pid.toString(36)}`, stack, interruption.signal);
  try {
    const small = await measureTable(world, 'small', options);
    for (let other = 1; other < options.factor; other += 1) await world.insert(batchOf(`other${other}`, options));
    const large = await measureTable(world, 'large', options);
    summarize(small, large, options);
  } finally {
    await world.drop();
  }
}

/** Each run has a batch of its own, which is gone from the table at its end. */
async function measureTable(world: ArchivalWorld, table: string, options: ArchivalBenchOptions): Promise<Figures> {
  const figures: Figures = new Map();
  for (let run = 1; run <= options.runs; run += 1) {
    const batch = batchOf(`${table}${run}`, options);
    await world.insert(batch);
    // In turns, so that neither always finds what the other has warmed up; delete ends both.
    const order: readonly Step[] = run % 2 === 1 ? ['dsbulk', ...COMMANDS] : ['archive', 'verify', 'dsbulk', 'delete'];
    for (const step of order) {
      const figure = await measureStep(world, step, batch);
      figures.set(step, [...(figures.get(step) ?? []), figure]);
      say(`${table} table, run ${run}  ${step.padEnd(8)} ${describe(figure)}`);
    }
  }
  return figures;
}

async function measureStep(world: ArchivalWorld, step: Step, batch: BenchBatch): Promise<Figure> {
  if (step === 'dsbulk') {
    const unloaded = await world.unload(batch.batchId);
    assertRows(step, unloaded.rows, batch);
    return { ...unloaded, contentBytes: 0 };
  }
  const done = await world.archiver(step, batch.batchId);
  const rows = rowsOf(step, done.json);
  assertRows(step, rows, batch);
  return { ...done, rows, contentBytes: world.contentBytes(batch) };
}

/** What a command says that it did: a run that did less is no figure. */
function rowsOf(step: Step, json: unknown): number {
  const { weeks = [] } = json as { readonly weeks?: readonly Readonly<Record<string, unknown>>[] };
  const field = { archive: 'rows', verify: 'matchingRows', delete: 'deletedRows', dsbulk: '' }[step];
  return weeks.reduce((sum, week) => sum + Number(week[field]), 0);
}

function assertRows(step: Step, rows: number, { attempts, batchId }: BenchBatch): void {
  if (rows !== attempts) throw new Error(`${step}: ${rows} rows of ${batchId} instead of ${attempts}`);
}

function batchOf(batchId: string, { attempts }: ArchivalBenchOptions): BenchBatch {
  return { batchId, courseId: COURSE, attempts, weekMs: lastWednesdayMs(Date.now() - 8 * DAY_MS) };
}

function describeMethod({ attempts, runs, factor }: ArchivalBenchOptions, environment: readonly string[]): void {
  environment.forEach(say);
  say(`peer      DSBulk ${DSBULK_VERSION}, query by batch, to CSV with gzip on the same disk
data      a batch of ${attempts} attempts of 20 questions, in one week; the large table has ${factor} times as many rows
method    n = ${runs} in each table; a run has a batch of its own: unload and archive in turns, then verify and delete. Local
          store. A program is measured from its start to its end, Node's and Java's own start included. MB: of the rows
          as CSV before compression.
`);
}

function summarize(small: Figures, large: Figures, { runs }: ArchivalBenchOptions): void {
  say(`\nmedian (min–max), n = ${runs}`);
  for (const [table, figures] of [
    ['small table', small],
    ['large table', large],
  ] as const) {
    for (const [step, measured] of figures) {
      const spread = (of: (figure: Figure) => number, digits = 0): string => {
        const { median, min, max } = statisticsOf(measured.map(of));
        return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
      };
      const megabytes = step === 'dsbulk' ? '' : `${spread(megabytesPerSecond, 1)} MB/s, `;
      say(
        `${table}  ${step.padEnd(8)} ${spread(rowsPerSecond)} rows/s, ${megabytes}${spread(({ seconds }) => seconds, 1)} s, ${spread(({ cpuMs }) => cpuMs / 1000, 1)} CPU s, peak RSS ${spread(({ peakRssMb }) => peakRssMb)} MB`,
      );
    }
  }
  const median = (figures: Figures, step: Step, of: (figure: Figure) => number): number =>
    statisticsOf((figures.get(step) ?? []).map(of)).median;
  const ratio = median(small, 'archive', rowsPerSecond) / median(small, 'dsbulk', rowsPerSecond);
  say(`archive to DSBulk, rows/s: ${ratio.toFixed(2)}`);
  for (const step of COMMANDS) {
    const growth = median(large, step, ({ seconds }) => seconds) / median(small, step, ({ seconds }) => seconds);
    say(`${step}: ${growth.toFixed(2)} times the time in the large table`);
  }
}

function describe(figure: Figure): string {
  return `${rowsPerSecond(figure).toFixed(0)} rows/s, ${figure.seconds.toFixed(1)} s, ${(figure.cpuMs / 1000).toFixed(1)} CPU s, peak RSS ${figure.peakRssMb.toFixed(0)} MB`;
}

const rowsPerSecond = ({ rows, seconds }: Figure): number => rows / seconds;
const megabytesPerSecond = ({ contentBytes, seconds }: Figure): number => contentBytes / 1e6 / seconds;
