import { resolve } from 'node:path';
import { buildableApps, buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { type ApiBenchOptions, type ApiBenchPart, parseApiOptions } from './api-options';
import { describeMeasurement, describeTokens, ratioOf, summarizeMeasurements } from './api-report';
import { ApiWorld, type Side } from './api-world';
import { highestRate } from './highest-rate';
import { type Call, LoadMeter, type Measurement } from './measure-load';
import { type TokenRates, tokenRates } from './token-rate';

const ROOT = resolve(__dirname, '../../../..');
const SIDES: readonly Side[] = ['api', 'bare'];
const FIRST_RATE = 400;
const SEARCH_SECONDS = 4;
const WARM_UP = { requestsPerSecond: 200, durationMs: 5_000 };
const OVERLOAD = 3;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built API beside a bare Fastify and cassandra-driver server with the same statements, on the local stack. */
export const apiBenchmark: Benchmark = {
  name: 'api',
  summary:
    'latencies of the built content-state API at a constant rate, beside a bare Fastify and cassandra-driver server',
  usage: `usage: npm run bench -- api [--runs 5] [--seconds 10] [--learners 2000] [--only read|update|overload|tokens]

  --runs      how often both are measured
  --seconds   of one measurement
  --learners  who call in turn, with ten contents each
  --only      this part`,
  async run(args) {
    const options = parseApiOptions(args);
    if (!options) return 2;
    await measure(options);
    return 0;
  },
};

async function measure(options: ApiBenchOptions): Promise<void> {
  const environment = environmentLines();
  const stack = await startStack({ report: say });
  await buildApps(ROOT, buildableApps(ROOT));
  describeMethod(options, environment);
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interruption.abort(new Error('interrupted')));
  }
  const world = await ApiWorld.create(`bench_api_${process.pid.toString(36)}`, stack, options.learners);
  try {
    await world.start();
    const bench = new ApiBench(options, new LoadMeter(world, interruption.signal));
    await bench.warmUp();
    const isWanted = (part: ApiBenchPart): boolean => options.only === 'all' || options.only === part;
    if (isWanted('read')) await bench.compare('read');
    if (isWanted('update')) await bench.compare('update');
    if (isWanted('overload')) await bench.overload();
    if (isWanted('tokens')) await measureTokens(options, world);
  } finally {
    await world.close();
  }
}

function describeMethod({ runs, seconds, learners }: ApiBenchOptions, environment: readonly string[]): void {
  environment.forEach(say);
  say(`data      ${learners} learners with 10 contents each, one token each; settings of the API are its defaults
method    n = ${runs}, alternating, ${seconds} s each, both servers up all the time, all on this machine. Requests are
          due at a constant rate, whether or not earlier ones were answered, and timed from when they were due.
          A server keeps up while all requests succeed and 99 % take at most 100 ms. read: one SELECT of a learner's
          contents. update: one content, the statements of an update; the API also has Kafka acknowledge a message.`);
  say('');
}

class ApiBench {
  private highestApiRead: number | undefined;

  constructor(
    private readonly options: ApiBenchOptions,
    private readonly meter: LoadMeter,
  ) {}

  async warmUp(): Promise<void> {
    for (const side of SIDES) {
      for (const call of ['read', 'update'] as const) await this.meter.measure(side, { call, ...WARM_UP });
    }
  }

  /** Both sides at half of what the bare one keeps up with. */
  async compare(call: Call): Promise<void> {
    const highest = { bare: await this.highest('bare', call), api: await this.highest('api', call) };
    if (call === 'read') this.highestApiRead = highest.api;
    say(`${call}: highest rate kept up with: bare ${highest.bare}/s, api ${highest.api}/s`);
    const requestsPerSecond = Math.floor(highest.bare / 2);
    const figures: Record<Side, Measurement[]> = { api: [], bare: [] };
    for (let run = 1; run <= this.options.runs; run += 1) {
      for (const side of run % 2 === 1 ? SIDES : [...SIDES].reverse()) {
        const load = { call, requestsPerSecond, durationMs: this.options.seconds * 1000 };
        const measurement = await this.meter.measure(side, load);
        figures[side].push(measurement);
        say(`${call} at ${requestsPerSecond}/s, run ${run}  ${side.padEnd(4)}  ${describeMeasurement(measurement)}`);
      }
    }
    say(`median (min–max), n = ${this.options.runs}`);
    for (const side of SIDES) say(`${side.padEnd(4)}  ${summarizeMeasurements(figures[side])}`);
    say(`ratio of the medians of p99, api to bare: ${ratioOf('p99Ms', figures.api, figures.bare)}`);
    say(`ratio of the medians of CPU, api to bare: ${ratioOf('cpuMsPerRequest', figures.api, figures.bare)}`);
    say('');
  }

  /** Three times what the API keeps up with. */
  async overload(): Promise<void> {
    const requestsPerSecond = OVERLOAD * (this.highestApiRead ?? (await this.highest('api', 'read')));
    const figures: Measurement[] = [];
    for (let run = 1; run <= this.options.runs; run += 1) {
      const load = { call: 'read' as const, requestsPerSecond, durationMs: this.options.seconds * 1000 };
      const measurement = await this.meter.measure('api', load);
      figures.push(measurement);
      say(`overload at ${requestsPerSecond}/s, run ${run}  ${describeMeasurement(measurement)}`);
    }
    say(`median (min–max), n = ${this.options.runs}\napi   ${summarizeMeasurements(figures)}`);
    say('');
  }

  private highest(side: Side, call: Call): Promise<number> {
    return highestRate(FIRST_RATE, (requestsPerSecond) =>
      this.meter.measure(side, { call, requestsPerSecond, durationMs: SEARCH_SECONDS * 1000 }),
    );
  }
}

async function measureTokens({ runs }: ApiBenchOptions, { learners, keys }: ApiWorld): Promise<void> {
  await tokenRates(learners, keys);
  const rates: TokenRates[] = [];
  for (let run = 0; run < runs; run += 1) rates.push(await tokenRates(learners, keys));
  say(`tokens verified, median (min–max), n = ${runs}, ${learners.tokens.length} tokens each`);
  describeTokens(rates).forEach(say);
}
