import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { LeafNodes } from '../ingest/leaf-nodes';
import { RunningIngest } from '../ingest-service/running-ingest';
import { serviceWorld, type ServiceWorld } from '../ingest-service/service-world';
import { interruption } from '../interruption';
import { parseNumbers } from '../option-values';
import { type MemorySample, memoryUse } from './memory-use';
import { type SoakChunk, soakChunks } from './soak-events';

const ROOT = resolve(__dirname, '../../../..');
const CHUNK = 5_000;
/** As long as more than this is not handled, nothing more is sent. */
const MOST_BACKLOG = 10_000;
const SAMPLE_EVERY_MS = 500;
const LIMIT_MB = 512;

const OPTIONS = {
  events: { least: 1_000, most: 100_000_000, preset: 1_000_000 },
  partitions: { least: 1, most: 100, preset: 4 },
};
type SoakOptions = NonNullable<ReturnType<typeof parseNumbers<keyof typeof OPTIONS>>>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built ingest for as long as it takes to see whether its memory grows. */
export const ingestSoakBenchmark: Benchmark = {
  name: 'ingest-soak',
  summary: 'a million events through one ingest service: what memory it needs, and whether that grows',
  usage: `usage: npm run bench -- ingest-soak [--events 1000000] [--partitions 4]

  --events      records, of ever new learners and courses
  --partitions  of the topic

Exit 1 when an event is not stored, or the ingest ends.`,
  async run(args) {
    const options = parseNumbers(args, OPTIONS);
    if (!options) return 2;
    await soak(options);
    return 0;
  },
};

async function soak(options: SoakOptions): Promise<void> {
  const before = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, ['ingest', 'migrator']);
  before.forEach(say);
  say(
    `data      ${options.events} events, ${options.partitions} partitions; new learners and courses every ${CHUNK} events`,
  );
  const id = process.pid.toString(36);
  const signal = interruption();
  const service = await serviceWorld(`bench_soak_${id}`, stack, { partitions: options.partitions });
  const ingest = new RunningIngest(service.world, signal);
  try {
    const startedAt = performance.now();
    const samples = await feed(service, ingest, soakChunks(options.events, CHUNK, `s${id}`));
    const seconds = (performance.now() - startedAt) / 1000;
    const { done, skipped, deadLettered } = await ingest.counts();
    await ingest.stop();
    report(samples, options.events / seconds);
    say(`events    ${done} done, ${skipped} skipped, ${deadLettered} in the failed topic`);
    if (done + skipped !== options.events) throw new Error(`${options.events} events were sent`);
  } catch (error) {
    await ingest.abandon();
    throw error;
  } finally {
    await service.drop();
  }
}

/** Sends as fast as the ingest takes it, and looks at its memory meanwhile. */
async function feed(
  service: ServiceWorld,
  ingest: RunningIngest,
  chunks: Iterable<SoakChunk>,
): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const untilLagIs = async (most: number): Promise<void> => {
    for (let lag = Infinity; lag > most; await delay(SAMPLE_EVERY_MS)) {
      ingest.requireRunning();
      lag = await service.lag();
      samples.push({ events: (await service.topic.size()) - lag, rssMb: ingest.rssMb() });
    }
  };
  while (!(await ingest.isReady())) {
    ingest.requireRunning();
    await delay(SAMPLE_EVERY_MS);
  }
  for (const { courses, records } of chunks) {
    const leafNodes = new LeafNodes(service.world.environment['REDIS_URL'] ?? '', courses);
    try {
      await leafNodes.put();
      await service.servers.send(service.topic.name, records);
      await untilLagIs(MOST_BACKLOG - CHUNK);
    } finally {
      await leafNodes.remove();
    }
  }
  await untilLagIs(0);
  return samples;
}

function report(samples: readonly MemorySample[], eventsPerSecond: number): void {
  const { peakMb, earlyMb, lateMb } = memoryUse(samples);
  say(`speed     ${eventsPerSecond.toFixed(0)} events/s, making and sending them included`);
  say(`memory    peak RSS ${peakMb.toFixed(0)} MB (limit ${LIMIT_MB} MB); ${samples.length} looks`);
  say(
    `growth    ${(lateMb - earlyMb).toFixed(0)} MB: median ${earlyMb.toFixed(0)} MB in the second quarter of the events, ${lateMb.toFixed(0)} MB in the last`,
  );
}
