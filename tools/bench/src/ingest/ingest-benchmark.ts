import { resolve } from 'node:path';
import { buildableApps, buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { statisticsOf } from '../statistics';
import { benchData } from './bench-data';
import { benchRun, type Side, SIDES } from './bench-run';
import { type IngestBenchOptions, parseIngestOptions } from './ingest-options';
import { LeafNodes } from './leaf-nodes';
import { type Measurement, POLL_INTERVAL_MS } from './measure-consumer';

const ROOT = resolve(__dirname, '../../../..');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built ingest against a bare loop over the same drivers, alternating, on the local stack. */
export const ingestBenchmark: Benchmark = {
  name: 'ingest',
  summary: 'events/s through the built ingest on the local stack, beside bare kafkajs and cassandra-driver loops',
  usage: `usage: npm run bench -- ingest [--events 60000] [--runs 5] [--partitions 4] [--duplicates 2]
                                     [--attempts-per-learner 5] [--layout unified|split]

  --events                records in the topic, of 20 questions each
  --runs                  how often all are measured
  --partitions            of the topic
  --duplicates            records that repeat an earlier one, whole %
  --attempts-per-learner  in one course and batch
  --layout                where answers are stored`,
  async run(args) {
    const options = parseIngestOptions(args);
    if (!options) return 2;
    await measure(options);
    return 0;
  },
};

async function measure(options: IngestBenchOptions): Promise<void> {
  const before = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, buildableApps(ROOT));
  const id = process.pid.toString(36);
  const data = benchData(options, `b${id}`, Date.now());
  describeMethod(options, data.distinctAttempts, before);
  const leafNodes = new LeafNodes(stack['REDIS_URL'] ?? '', data.courses);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Error('interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  const figures = new Map<Side, Measurement[]>(SIDES.map((side) => [side, []]));
  try {
    await leafNodes.put();
    for (let run = 1; run <= options.runs; run += 1) {
      const order = run % 2 === 1 ? SIDES : [...SIDES].reverse();
      const parts = { options, data, stack, name: `bench_${id}_${run}`, signal: interruption.signal };
      for (const [side, measurement] of await benchRun(parts, order)) {
        figures.get(side)?.push(measurement);
        say(`run ${run}  ${describe(side, measurement)}`);
      }
    }
  } finally {
    await leafNodes.remove();
  }
  summarize(figures);
}

function describeMethod(options: IngestBenchOptions, attempts: number, environment: readonly string[]): void {
  const { events, runs, partitions, attemptsPerLearner, layout } = options;
  environment.forEach(say);
  say(
    `data      ${events} events of 20 questions, ${attempts} attempts, ${attemptsPerLearner} a learner; ${partitions} partitions, ${layout} layout`,
  );
  say(`method    n = ${runs}, alternating; a run has its own topic, and each side its own keyspace and group. The clock runs
          from the moment the process has joined its group (its start is excluded) until the commit of the last
          record, asked of Kafka every ${POLL_INTERVAL_MS} ms. CPU: user and system time of the process within that time.
          bare loop: the driver encodes the answers; by hand: the same loop writes them into a buffer itself.`);
  say('');
}

function summarize(figures: ReadonlyMap<Side, readonly Measurement[]>): void {
  say('');
  say(`median (min–max), n = ${figures.get('ingest')?.length}`);
  for (const [side, measurements] of figures) {
    const spread = (figure: keyof Measurement, digits: number): string => {
      const { median, min, max } = statisticsOf(measurements.map((each) => each[figure]));
      return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
    };
    say(
      `${side.padEnd(9)}  ${spread('eventsPerSecond', 0)} events/s, ${spread('cpuMsPerEvent', 2)} CPU ms/event, peak RSS ${spread('peakRssMb', 0)} MB`,
    );
  }
  const [ingest = NaN, bare = NaN, byHand = NaN] = SIDES.map(
    (side) => statisticsOf((figures.get(side) ?? []).map(({ eventsPerSecond }) => eventsPerSecond)).median,
  );
  say(
    `ratios of the medians of events/s: ingest to bare loop ${(ingest / bare).toFixed(2)}, ingest to by hand ${(ingest / byHand).toFixed(2)}`,
  );
}

function describe(side: Side, { eventsPerSecond, cpuMsPerEvent, peakRssMb }: Measurement): string {
  return `${side.padEnd(9)}  ${eventsPerSecond.toFixed(0)} events/s, ${cpuMsPerEvent.toFixed(2)} CPU ms/event, peak RSS ${peakRssMb.toFixed(0)} MB`;
}
