import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TcpProxy } from '@scorekeep/platform/testing-platform';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { RunningIngest } from '../ingest-service/running-ingest';
import { serviceWorld, type ServiceWorld } from '../ingest-service/service-world';
import { soakChunks } from '../ingest-soak/soak-events';
import { interruption } from '../interruption';
import { parseNumbers } from '../option-values';

const ROOT = resolve(__dirname, '../../../..');
const BEFORE_S = 5;
const LOOK_EVERY_MS = 200;
const GIVE_UP_AFTER_MS = 300_000;

const OPTIONS = {
  seconds: { least: 5, most: 86_400, preset: 600 },
  rate: { least: 1, most: 1_000, preset: 20 },
};
type OutageOptions = NonNullable<ReturnType<typeof parseNumbers<keyof typeof OPTIONS>>>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built ingest while Cassandra is away, and after. */
export const ingestOutageBenchmark: Benchmark = {
  name: 'ingest-outage',
  summary: 'ten minutes without Cassandra: nothing set aside, and how soon the ingest goes on when it is back',
  usage: `usage: npm run bench -- ingest-outage [--seconds 600] [--rate 20]

  --seconds  how long Cassandra is away
  --rate     events/s that are sent all the time

Exit 1 when an event was set aside or is not stored, or the ingest ends.`,
  async run(args) {
    const options = parseNumbers(args, OPTIONS);
    if (!options) return 2;
    await outage(options);
    return 0;
  },
};

async function outage(options: OutageOptions): Promise<void> {
  const { seconds, rate } = options;
  const before = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, ['ingest', 'migrator']);
  before.forEach(say);
  say(`outage    ${seconds} s without Cassandra, ${rate} events/s sent all the time`);
  const signal = interruption();
  const service = await serviceWorld(`bench_outage_${process.pid.toString(36)}`, stack, { partitions: 4 });
  const proxy = await TcpProxy.reserve(service.world.environment['CASSANDRA_CONTACT_POINTS'] ?? '');
  await proxy.open();
  const ingest = new RunningIngest(service.world, signal, { CASSANDRA_CONTACT_POINTS: proxy.address });
  try {
    const sent = await live({ service, ingest, proxy, options });
    const { done, skipped, retried, deadLettered } = await ingest.counts();
    await ingest.stop();
    say(
      `events    ${sent} sent, ${done} done, ${skipped} skipped, ${deadLettered} in the failed topic; ${retried} tries in vain`,
    );
    if (deadLettered > 0 || done + skipped !== sent) throw new Error('an event was set aside, or lost');
  } catch (error) {
    await ingest.abandon();
    throw error;
  } finally {
    await proxy.close();
    await service.drop();
  }
}

interface Scene {
  readonly service: ServiceWorld;
  readonly ingest: RunningIngest;
  readonly proxy: TcpProxy;
  readonly options: OutageOptions;
}

/** @returns how many events were sent */
async function live({ service, ingest, proxy, options: { seconds, rate } }: Scene): Promise<number> {
  const sender = new SteadySender(service, rate);
  await until(ingest, () => ingest.isReady());
  sender.start();
  try {
    await delay(BEFORE_S * 1000);
    await proxy.close();
    say(`not ready ${await until(ingest, async () => !(await ingest.isReady()))} s after the connections were cut`);
    for (const back = performance.now() + seconds * 1000; performance.now() < back; await delay(LOOK_EVERY_MS)) {
      ingest.requireRunning();
    }
    const stored = (await ingest.counts()).done;
    await proxy.open();
    say(
      `goes on   ${await until(ingest, async () => (await ingest.counts()).done > stored)} s after Cassandra was back`,
    );
    say(`ready     ${await until(ingest, () => ingest.isReady())} s later`);
  } finally {
    await sender.stop();
  }
  say(`caught up ${await until(ingest, async () => (await service.lag()) === 0)} s after that`);
  return sender.sent;
}

/** Seconds until it holds. @throws Error when the ingest ends, or after five minutes */
async function until(ingest: RunningIngest, holds: () => Promise<boolean>): Promise<string> {
  const startedAt = performance.now();
  while (!(await holds())) {
    ingest.requireRunning();
    if (performance.now() - startedAt > GIVE_UP_AFTER_MS) throw new Error('it does not come true');
    await delay(LOOK_EVERY_MS);
  }
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}

/** Sends events once a second until it is stopped. */
class SteadySender {
  sent = 0;
  private stopped = false;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly service: ServiceWorld,
    private readonly rate: number,
  ) {}

  start(): void {
    this.sending = this.send();
    // told to whoever stops it
    this.sending.catch(() => undefined);
  }

  /** @throws what sending threw */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.sending;
  }

  private async send(): Promise<void> {
    const { servers, topic } = this.service;
    for (const { records, size } of soakChunks(Number.MAX_SAFE_INTEGER, this.rate, 'o')) {
      if (this.stopped) return;
      await Promise.all([servers.send(topic.name, records), delay(1_000)]);
      this.sent += size;
    }
  }
}
