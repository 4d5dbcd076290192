import { resolve } from 'node:path';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { type Account } from './account';
import { type FuzzOptions, parseFuzzOptions } from './fuzz-options';
import { fuzzRun } from './fuzz-run';

const ROOT = resolve(__dirname, '../../../..');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Damaged events through the built ingest: none may be lost, and nothing may make it end. */
export const ingestFuzzBenchmark: Benchmark = {
  name: 'ingest-fuzz',
  summary: 'damaged events through the built ingest: each is stored or in the failed topic with a reason',
  usage: `usage: npm run bench -- ingest-fuzz [--events 1000000] [--seed 1] [--partitions 4]

  --events      records, nine of ten damaged
  --seed        the same seed gives the same events
  --partitions  of the topics

Exit 1 when an event is lost or set aside without a reason, or the ingest ends.`,
  async run(args) {
    const options = parseFuzzOptions(args);
    if (!options) return 2;
    return fuzz(options);
  },
};

async function fuzz(options: FuzzOptions): Promise<number> {
  const before = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, ['ingest', 'migrator']);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Error('interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  before.forEach(say);
  say(`data      ${options.events} events, seed ${options.seed}, ${options.partitions} partitions`);
  const name = `bench_fuzz_${process.pid.toString(36)}`;
  const parts = { options, stack, name, nowMs: Date.now(), signal: interruption.signal, say };
  const { measurement, account } = await fuzzRun(parts);
  const { eventsPerSecond, cpuMsPerEvent, peakRssMb } = measurement;
  say(
    `ingest    ended with 0; ${eventsPerSecond.toFixed(0)} events/s, ${cpuMsPerEvent.toFixed(2)} CPU ms/event, peak RSS ${peakRssMb.toFixed(0)} MB`,
  );
  return report(account);
}

/** @returns the exit code */
function report(account: Account): number {
  const { stored, recomputed, deadLetters, repeated, unexplained, lostCount, lost, reasons } = account;
  say(`accounts  ${stored} stored, ${recomputed} asked to recompute, ${deadLetters} in the failed topic`);
  say(`failed    ${repeated} of them twice, ${unexplained} without a reason of their own`);
  for (const [reason, count] of [...reasons].sort(([, left], [, right]) => right - left)) {
    say(`          ${String(count).padStart(8)}  ${reason}`);
  }
  say(`lost      ${lostCount}`);
  for (const { ordinal, damage, value } of lost) {
    say(
      `          event ${ordinal} (${damage}): ${Buffer.from(value ?? [])
        .toString('latin1')
        .slice(0, 300)}`,
    );
  }
  return lostCount > 0 || unexplained > 0 ? 1 : 0;
}
