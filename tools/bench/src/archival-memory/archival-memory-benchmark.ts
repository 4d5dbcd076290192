import { resolve } from 'node:path';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { ArchivalWorld } from '../archival/archival-world';
import { lastWednesdayMs } from '../archival/bench-rows';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { interruption } from '../interruption';
import { parseNumbers } from '../option-values';
import { measurePipeline, SAMPLES } from './generated-pipeline';

const ROOT = resolve(__dirname, '../../../..');
const DAY_MS = 86_400_000;
const COURSE = 'do_bench';

const OPTIONS = {
  generated: { least: SAMPLES, most: 100_000_000, preset: 5_000_000 },
  live: { least: 200, most: 10_000_000, preset: 200_000 },
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whether memory grows with a batch: of the built archiver, and of its pipeline alone over millions of attempts. */
export const archivalMemoryBenchmark: Benchmark = {
  name: 'archival-memory',
  summary: 'memory of the archiver for one week of 1,000 to 200,000 attempts, and of its pipeline for millions',
  usage: `usage: npm run bench -- archival-memory [--live 200000] [--generated 5000000]

  --live       attempts of the largest batch on the real servers, 20 questions each; a twentieth and a 200th before it
  --generated  attempts that a generator feeds to the pipeline alone; about 0.7 KB of disk for each`,
  async run(args) {
    const options = parseNumbers(args, OPTIONS);
    if (!options) return 2;
    const before = environmentLines();
    const signal = interruption();
    const stack = await startStack({ report: say });
    await buildApps(ROOT, ['archiver', 'migrator']);
    before.forEach(say);
    say('servers   the built archiver, one batch and week, local store: peak RSS of each command');
    const world = await ArchivalWorld.open(`bench_${process.pid.toString(36)}`, stack, signal);
    try {
      for (const attempts of [options.live / 200, options.live / 20, options.live]) {
        await measureArchiver(world, Math.round(attempts));
      }
    } finally {
      await world.drop();
    }
    say(`pipeline  ${options.generated} attempts in one batch and week, csv.gz on the local disk, no database
          this process, the tools for TypeScript included: RSS at ${SAMPLES} points of each pass`);
    await measurePipeline(options.generated, signal, say);
    return 0;
  },
};

async function measureArchiver(world: ArchivalWorld, attempts: number): Promise<void> {
  const batchId = `memory${attempts}`;
  await world.insert({ batchId, courseId: COURSE, attempts, weekMs: lastWednesdayMs(Date.now() - 8 * DAY_MS) });
  for (const command of ['archive', 'verify', 'delete']) {
    const { seconds, peakRssMb } = await world.archiver(command, batchId);
    const speed = (attempts / seconds).toFixed(0);
    say(`${String(attempts).padEnd(10)}${command.padEnd(8)} ${peakRssMb.toFixed(0)} MB, ${speed} rows/s`);
  }
}
