import { resolve } from 'node:path';
import { buildableApps, buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { describeMeasurement, ratioOf, summarizeMeasurements } from '../api/api-report';
import { ApiWorld } from '../api/api-world';
import { LoadMeter, type Measurement } from '../api/measure-load';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { parseNumbers } from '../option-values';
import { statisticsOf } from '../statistics';
import { MigratorRun } from './migrator-run';
import { SunbirdRows } from './sunbird-rows';

const ROOT = resolve(__dirname, '../../../..');
const QUESTIONS = 20;
const ATTEMPTS_PER_LEARNER = 5;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface MigrateOptions {
  readonly runs: number;
  readonly attempts: number;
  readonly rate: number;
  readonly requests: number;
  readonly seconds: number;
}

/** The migrations of the built migrator, and what a throttled one costs the readers of a live API. */
export const migrateBenchmark: Benchmark = {
  name: 'migrate',
  summary: 'rows/s and memory of migrator scores and raw; read latency of the API beside a throttled migration',
  usage: `usage: npm run bench -- migrate [--runs 5] [--attempts 20000] [--rate 20] [--requests 200] [--seconds 20]

  --runs      how often each is measured
  --attempts  rows with ${QUESTIONS} questions each, ${ATTEMPTS_PER_LEARNER} a learner
  --rate      learners a second of the throttled migration
  --requests  reads a second of the API, beside it and without it
  --seconds   of one measurement of the API`,
  async run(args) {
    const options = parseNumbers(args, {
      runs: { least: 1, most: 100, preset: 5 },
      attempts: { least: ATTEMPTS_PER_LEARNER, most: 10_000_000, preset: 20_000 },
      rate: { least: 1, most: 100_000, preset: 20 },
      requests: { least: 1, most: 100_000, preset: 200 },
      seconds: { least: 1, most: 3_600, preset: 20 },
    });
    if (!options) return 2;
    await measure(options);
    return 0;
  },
};

async function measure(options: MigrateOptions): Promise<void> {
  environmentLines().forEach(say);
  const stack = await startStack({ report: say });
  await buildApps(ROOT, buildableApps(ROOT));
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interruption.abort(new Error('interrupted')));
  }
  const learners = Math.floor(options.attempts / ATTEMPTS_PER_LEARNER);
  const world = await ApiWorld.create(`bench_migrate_${process.pid.toString(36)}`, stack, learners);
  const rows = new SunbirdRows(world.environment);
  try {
    await rows.seed(world.learners.ids, { perLearner: ATTEMPTS_PER_LEARNER, questions: QUESTIONS });
    say(
      `data      ${options.attempts} attempts of ${learners} learners, ${QUESTIONS} questions each; n = ${options.runs}`,
    );
    for (const command of ['scores', 'raw'] as const) await measureSpeed(command, options, { world, rows });
    await world.start();
    await measureReaders(options, { world, rows, meter: new LoadMeter(world, interruption.signal) });
  } finally {
    await rows.close();
    await world.close();
  }
}

interface Stage {
  readonly world: ApiWorld;
  readonly rows: SunbirdRows;
}

async function measureSpeed(
  command: 'scores' | 'raw',
  { runs, attempts }: MigrateOptions,
  { world, rows }: Stage,
): Promise<void> {
  const [speeds, memories]: [number[], number[]] = [[], []];
  for (let run = 1; run <= runs; run += 1) {
    await rows.forget();
    const { seconds, peakRssMb } = await new MigratorRun([command], world.environment).ended;
    speeds.push(attempts / seconds);
    memories.push(peakRssMb);
    say(`${command}, run ${run}: ${Math.round(attempts / seconds)} rows/s, ${Math.round(peakRssMb)} MB`);
  }
  const [speed, memory] = [statisticsOf(speeds), statisticsOf(memories)];
  say(
    `${command}: median ${Math.round(speed.median)} rows/s (${Math.round(speed.min)}–${Math.round(speed.max)}), peak RSS ${Math.round(memory.median)} MB (most ${Math.round(memory.max)}), start of the process included`,
  );
}

/** Alternating, so that both see the same machine. */
async function measureReaders(
  { runs, rate, requests, seconds }: MigrateOptions,
  { world, rows, meter }: Stage & { readonly meter: LoadMeter },
): Promise<void> {
  const load = { call: 'read' as const, requestsPerSecond: requests, durationMs: seconds * 1000 };
  await meter.measure('api', { ...load, durationMs: 5_000 });
  const figures: Record<'without' | 'beside', Measurement[]> = { without: [], beside: [] };
  for (let run = 1; run <= runs; run += 1) {
    figures.without.push(await meter.measure('api', load));
    say(`reads without, run ${run}  ${describeMeasurement(figures.without.at(-1) as Measurement)}`);
    await rows.forget();
    const migration = new MigratorRun(['scores', '--rate', String(rate)], world.environment);
    await migration.isWorking(rows);
    figures.beside.push(await meter.measure('api', load));
    say(`reads beside, run ${run}   ${describeMeasurement(figures.beside.at(-1) as Measurement)}`);
    if (!(await migration.interrupt()))
      say('          (the migration ended before the measurement: give more --attempts)');
  }
  for (const side of ['without', 'beside'] as const) say(`${side.padEnd(8)} ${summarizeMeasurements(figures[side])}`);
  say(
    `ratio of the medians of p99, beside a migration of ${rate} learners/s to without: ${ratioOf('p99Ms', figures.beside, figures.without)}`,
  );
  say(`ratio of the medians of p50: ${ratioOf('p50Ms', figures.beside, figures.without)}`);
}
