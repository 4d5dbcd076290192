import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DamagedEvent, type DamageOptions, generateDamagedEvent, Random } from '@scorekeep/core/testing-core';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
import { type Measurement, measureConsumer } from '../ingest/measure-consumer';
import { Account } from './account';
import { type FuzzOptions } from './fuzz-options';
import { type FuzzRecord, FuzzTopics } from './fuzz-topics';
import { storedAttempts } from './stored-attempts';

const INGEST = resolve(__dirname, '../../../../dist/apps/ingest/main.js');
const UNDAMAGED = 0.1;
const EVENTS_PER_LEARNER = 200;
const PROGRESS_EVERY = 100_000;

export interface FuzzRunParts {
  readonly options: FuzzOptions;
  readonly stack: StackSettings;
  /** Part of all names: lower-case letters, digits, `_`. */
  readonly name: string;
  readonly nowMs: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface FuzzResult {
  readonly measurement: Measurement;
  readonly account: Account;
}

/** Sends the events, lets the built ingest consume them, and accounts for each. All of it is dropped at the end. */
export async function fuzzRun(parts: FuzzRunParts): Promise<FuzzResult> {
  const { options, stack, name, signal, say } = parts;
  const asked = { layout: 'unified' as const, learners: 0, attempts: 0, name };
  const plain = demoWorld(asked, stack, await twoFreePorts());
  const world = { ...plain, environment: { ...plain.environment, LOG_LEVEL: 'info' } };
  const topics = new FuzzTopics(settingOf(world, 'KAFKA_BROKERS'), world.topicPrefix);
  try {
    await topics.open(options.partitions);
    await topics.send(records(parts));
    say(`sent      ${options.events} events`);
    await runApp('migrator', ['schema', 'up'], world);
    const measurement = await measureConsumer({
      args: [INGEST, '--until-caught-up'],
      environment: world.environment,
      events: await topics.size(topics.assess),
      committed: sayingProgress(() => topics.committed(`${world.topicPrefix}-ingest`), say),
      endsBySignal: false,
      signal,
    });
    return { measurement, account: await accountFor(parts, world, topics) };
  } finally {
    await topics.close();
    await drop(world, say);
  }
}

/** What cannot be dropped is said and left: why the run failed matters more. */
async function drop(world: DemoWorld, say: (line: string) => void): Promise<void> {
  try {
    await new DemoServers(world).clear();
  } catch (error) {
    say(`left      what begins with ${world.topicPrefix} or ${world.keyspace}: ${String(error)}`);
  }
  rmSync(world.folder, { recursive: true, force: true });
}

function sayingProgress(committed: () => Promise<number>, say: (line: string) => void): () => Promise<number> {
  let said = 0;
  return async () => {
    const events = await committed();
    if (events >= said + PROGRESS_EVERY) {
      said = events - (events % PROGRESS_EVERY);
      say(`committed ${said}`);
    }
    return events;
  };
}

async function accountFor(parts: FuzzRunParts, world: DemoWorld, topics: FuzzTopics): Promise<Account> {
  const account = new Account(parts.options.events);
  await topics.readFailed(({ headers }) =>
    account.addDeadLetter(Number(String(headers?.['fuzz'])), String(headers?.['validation_error'] ?? '')),
  );
  const stored = await storedAttempts({
    contactPoint: settingOf(world, 'CASSANDRA_CONTACT_POINTS'),
    localDataCenter: settingOf(world, 'CASSANDRA_LOCAL_DATACENTER'),
    keyspace: world.keyspace,
  });
  let ordinal = 0;
  for (const event of events(parts)) {
    account.addEvent(ordinal, event, (attempt) => stored.has(attempt));
    ordinal += 1;
  }
  return account;
}

/** The same each time: made anew to be accounted for, since together they would fill the memory. */
function* events({ options, name, nowMs }: FuzzRunParts): Generator<DamagedEvent> {
  const random = new Random(options.seed);
  const learners = Math.ceil(options.events / EVENTS_PER_LEARNER);
  const damage: DamageOptions = { idPrefix: name, learners, undamaged: UNDAMAGED, nowMs };
  for (let ordinal = 0; ordinal < options.events; ordinal += 1) yield generateDamagedEvent(random, ordinal, damage);
}

function* records(parts: FuzzRunParts): Generator<FuzzRecord> {
  let ordinal = 0;
  for (const { key, value } of events(parts)) {
    parts.signal.throwIfAborted();
    yield { key, value, headers: { fuzz: String(ordinal) } };
    ordinal += 1;
  }
}

function settingOf({ environment }: DemoWorld, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the local stack gives no ${name}`);
  return value;
}
