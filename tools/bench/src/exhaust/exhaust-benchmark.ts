import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { lastWednesdayMs } from '../archival/bench-rows';
import { ArchivalWorld } from '../archival/archival-world';
import { DSBULK_VERSION, prepareDsbulk } from '../archival/dsbulk';
import { type CommandMeasurement } from '../archival/measured-command';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { interruption } from '../interruption';
import { statisticsOf } from '../statistics';
import { type ExhaustBenchOptions, parseExhaustOptions } from './exhaust-options';

const ROOT = resolve(__dirname, '../../../..');
const QUESTIONS = 20;
const DAY_MS = 86_400_000;
/** A batch has two courses, so that half of it can be archived. */
const COURSES = ['do_bench_1', 'do_bench_2'] as const;

type Step = 'dsbulk' | 'live' | 'half archived' | 'archived' | 'live, large table';

interface Figure extends CommandMeasurement {
  /** Of questions. */
  readonly rows: number;
}

type Figures = Map<Step, Figure[]>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built exhaust on one batch: live, half archived and archived, beside DSBulk's unload of the same batch. */
export const exhaustBenchmark: Benchmark = {
  name: 'exhaust',
  summary: "rows/s and memory of response reports, live, half archived and archived, beside DSBulk's unload",
  usage: `usage: npm run bench -- exhaust [--attempts 100000] [--runs 5] [--factor 10]

  --attempts  of the batch that is reported, of 20 questions each; 200000 make a report of 4 million rows
  --runs      how often everything is measured
  --factor    how many times as many rows as the batch the large table has`,
  async run(args) {
    const options = parseExhaustOptions(args);
    if (!options) return 2;
    await measure(options);
    return 0;
  },
};

async function measure(options: ExhaustBenchOptions): Promise<void> {
  const environment = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, ['archiver', 'exhaust', 'migrator']);
  await prepareDsbulk(say);
  describeMethod(options, environment);
  const world = await ArchivalWorld.open(`bench_${process.pid.toString(36)}`, stack, interruption());
  const figures: Figures = new Map();
  try {
    for (let run = 1; run <= options.runs; run += 1) await measureBatch(world, `small${run}`, options, figures);
    for (let other = 1; other < options.factor; other += 1) await insert(world, `other${other}`, options);
    for (let run = 1; run <= options.runs; run += 1) {
      await insert(world, `large${run}`, options);
      record(figures, 'live, large table', await report(world, `large${run}`, options));
    }
    summarize(figures, options);
  } finally {
    await world.drop();
  }
}

/** Leaves nothing of the batch in the table. */
async function measureBatch(
  world: ArchivalWorld,
  batchId: string,
  options: ExhaustBenchOptions,
  figures: Figures,
): Promise<void> {
  await insert(world, batchId, options);
  const unloaded = await world.unload(batchId);
  record(figures, 'dsbulk', { ...unloaded, rows: unloaded.rows * QUESTIONS });
  record(figures, 'live', await report(world, batchId, options));
  const [first, second] = COURSES;
  await move(world, batchId, first);
  record(figures, 'half archived', await report(world, batchId, options));
  await move(world, batchId, second);
  record(figures, 'archived', await report(world, batchId, options));
}

async function insert(world: ArchivalWorld, batchId: string, { attempts }: ExhaustBenchOptions): Promise<void> {
  const weekMs = lastWednesdayMs(Date.now() - 8 * DAY_MS);
  const half = Math.floor(attempts / 2);
  for (const [index, courseId] of COURSES.entries()) {
    await world.insert({ batchId, courseId, attempts: index === 0 ? half : attempts - half, weekMs });
  }
}

async function move(world: ArchivalWorld, batchId: string, courseId: string): Promise<void> {
  for (const command of ['archive', 'verify', 'delete'])
    await world.archiver(command, batchId, '--collection', courseId);
}

async function report(world: ArchivalWorld, batchId: string, { attempts }: ExhaustBenchOptions): Promise<Figure> {
  const out = world.file('report.csv.gz');
  const args = ['response', '--batch', batchId, '--out', out, '--include-unenrolled'];
  const { json, ...measurement } = await world.app('exhaust', args);
  rmSync(out);
  const { rows } = json as { readonly rows: number };
  if (rows !== attempts * QUESTIONS) throw new Error(`${rows} rows of ${batchId} instead of ${attempts * QUESTIONS}`);
  return { ...measurement, rows };
}

function record(figures: Figures, step: Step, figure: Figure): void {
  figures.set(step, [...(figures.get(step) ?? []), figure]);
  const { seconds, cpuMs, peakRssMb } = figure;
  say(
    `${step.padEnd(17)} ${rowsPerSecond(figure).toFixed(0)} rows/s, ${seconds.toFixed(1)} s, ${(cpuMs / 1000).toFixed(1)} CPU s, peak RSS ${peakRssMb.toFixed(0)} MB`,
  );
}

function describeMethod({ attempts, runs, factor }: ExhaustBenchOptions, environment: readonly string[]): void {
  environment.forEach(say);
  say(`peer      DSBulk ${DSBULK_VERSION}, query by batch, to CSV with gzip on the same disk
data      a batch of ${attempts} attempts of ${QUESTIONS} questions; the large table has ${factor} times as many rows
method    n = ${runs}; a run has a batch of its own: unload and report it live, move half of it to the local store and report it,
          move the rest and report it. Reports are csv.gz with learners who are not enrolled; rows are questions, of DSBulk's
          unload those within its rows. A program is measured from its start to its end, Node's and Java's own start included.
`);
}

function summarize(figures: Figures, { runs }: ExhaustBenchOptions): void {
  say(`\nmedian (min–max), n = ${runs}`);
  for (const [step, measured] of figures) {
    const spread = (of: (figure: Figure) => number, digits = 0): string => {
      const { median, min, max } = statisticsOf(measured.map(of));
      return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
    };
    say(
      `${step.padEnd(17)} ${spread(rowsPerSecond)} rows/s, ${spread(secondsOf, 1)} s, ${spread(({ cpuMs }) => cpuMs / 1000, 1)} CPU s, peak RSS ${spread(({ peakRssMb }) => peakRssMb)} MB`,
    );
  }
  const median = (step: Step): number => statisticsOf((figures.get(step) ?? []).map(secondsOf)).median;
  say(`DSBulk takes ${(median('dsbulk') / median('live')).toFixed(2)} times as long as the live report`);
  say(`half archived: ${(median('half archived') / median('live')).toFixed(2)} times the time of live`);
  say(`archived: ${(median('archived') / median('live')).toFixed(2)} times the time of live`);
  say(`large table: ${(median('live, large table') / median('live')).toFixed(2)} times the time in the small one`);
}

const rowsPerSecond = ({ rows, seconds }: Figure): number => rows / seconds;
const secondsOf = ({ seconds }: Figure): number => seconds;
