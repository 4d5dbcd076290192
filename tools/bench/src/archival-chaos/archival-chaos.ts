import { setTimeout as delay } from 'node:timers/promises';
import { isoWeekOf, weekStartMs } from '@scorekeep/core/domain-archive';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { Random, renderSubmission, type SampleSubmission } from '@scorekeep/core/testing-core';
import { Difference, requireEqual, runApp } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
import { RunningIngest } from '../ingest-service/running-ingest';
import { serviceWorld, type ServiceWorld } from '../ingest-service/service-world';
import { ChaosLearners } from './chaos-learners';
import { ChaosTables } from './chaos-tables';
import { type EndedArchiver, runArchiver } from './archiver-process';

/** The start of a process takes about a second, a command on this little data another one. */
const KILLED_BETWEEN_MS = [700, 2_800] as const;
const LEASE_MS = 3_000;
const SETTINGS = { ARCHIVE_LEASE: `${LEASE_MS / 1000}s`, ARCHIVE_REPLACED_GRACE: '2s' };
const LOOK_EVERY_MS = 100;
const CAUGHT_UP_WITHIN_MS = 60_000;
const ROUNDS_TO_SETTLE = 4;
const FIRST_SUBMISSIONS = 60;

/** By the same words for both batches, so that they meet in all states. */
const COMMANDS = [
  'archive --period all',
  'archive --period all --batch BATCH',
  'archive --period all --batch BATCH --force',
  'verify',
  'delete',
  'delete --batch BATCH',
  'run --period all',
  'restore --batch BATCH',
] as const;

export interface ChaosOptions {
  readonly layout: StorageLayout;
  readonly seed: number;
  /** No round begins after these seconds. */
  readonly seconds: number;
  /** Part of the names of keyspace, topics and objects: lower-case letters, digits, `_`. */
  readonly name: string;
}

/** What happened, and was followed by the comparison. */
export interface ChaosFigures {
  readonly rounds: number;
  readonly submissions: number;
  readonly commands: number;
  readonly killed: number;
}

interface Scene {
  readonly service: ServiceWorld;
  readonly learners: ChaosLearners;
  readonly tables: ChaosTables;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Archives, deletes, restores and archives again, one or two commands at a time, while learners submit through Kafka and
 * the ingest; kills at random; and compares table, archive and scores with what was submitted after every round. The same
 * seed gives the same submissions on the same day, the same commands and delays, though not the same instants.
 *
 * @throws Difference when something is lost, there twice, or wrong; Error when a command ends as none should
 */
export async function archivalChaos(
  options: ChaosOptions,
  stack: StackSettings,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<ChaosFigures> {
  const service = await serviceWorld(options.name, stack, {
    layout: options.layout,
    partitions: 2,
    settings: SETTINGS,
  });
  const tables = await ChaosTables.open(service.world);
  const ingest = new RunningIngest(service.world, signal);
  const random = new Random(options.seed);
  const learners = new ChaosLearners(random, Date.now());
  try {
    const scene = { service, learners, tables, random, signal, say };
    const figures = await rounds(scene, ingest, options.seconds);
    await settle(scene);
    await ingest.stop();
    return figures;
  } catch (error) {
    await ingest.abandon();
    throw error;
  } finally {
    await tables.close();
    await service.drop();
  }
}

async function rounds(scene: Scene, ingest: RunningIngest, seconds: number): Promise<ChaosFigures> {
  const { learners, tables, random, say } = scene;
  let [round, commands, killed] = [0, 0, 0];
  // an archiver asked for a batch of which there is no row starts nothing
  await send(scene, learners.next(FIRST_SUBMISSIONS));
  await caughtUp(scene, ingest);
  for (const endMs = performance.now() + seconds * 1000; performance.now() < endMs; ) {
    round += 1;
    const submissions = learners.next(random.between(2, 20));
    const wanted = Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => someCommand(scene));
    const [ended] = await Promise.all([
      Promise.all(wanted.map(({ command, killAfterMs }) => runArchiver(command, scene.service.world, killAfterMs))),
      send(scene, submissions),
    ]);
    ended.forEach(requireSoundEnd);
    await caughtUp(scene, ingest);
    await tables.requireWhole(learners.submitted);
    commands += ended.length;
    killed += ended.filter(({ code }) => code === 'SIGKILL').length;
    say(
      `round ${round}: ${submissions.length} submissions; ${ended.map(({ command, code }) => `${command}: ${code}`).join('; ')}`,
    );
  }
  return { rounds: round, submissions: learners.submitted.length, commands, killed };
}

function someCommand({ random, learners }: Scene): { command: string; killAfterMs?: number } {
  const command = random.pick(COMMANDS).replace('BATCH', random.pick(learners.batchIds));
  return random.chance(0.5) ? { command, killAfterMs: random.between(...KILLED_BETWEEN_MS) } : { command };
}

/** In three parts, so that some come while the commands are at work. */
async function send({ service, random }: Scene, submissions: readonly SampleSubmission[]): Promise<void> {
  const records = submissions.map((each) => ({
    ...{ key: each.userId, value: renderSubmission(each), timestampMs: each.recordMs },
  }));
  const third = Math.ceil(records.length / 3);
  for (let start = 0; start < records.length; start += third) {
    await delay(random.between(0, 900));
    await service.servers.send(service.topic.name, records.slice(start, start + third));
  }
}

/** A week that somebody else holds, or that a rewritten row makes pending, is a failure that the next run mends. */
function requireSoundEnd({ command, code, said }: EndedArchiver): void {
  const isContradiction = /ARCHIVE\.(DIFFERENCE|CORRUPTED|MISSING_OBJECT|MISSING_MANIFEST)/.test(said);
  if ((code === 0 || code === 1 || code === 'SIGKILL') && !isContradiction) return;
  throw new Difference(`archiver ${command} ended with ${code}: ${said}`);
}

async function caughtUp({ service, signal }: Scene, ingest: RunningIngest): Promise<void> {
  const endMs = performance.now() + CAUGHT_UP_WITHIN_MS;
  while ((await service.lag()) > 0) {
    signal.throwIfAborted();
    ingest.requireRunning();
    if (performance.now() > endMs) throw new Error('the ingest does not catch up');
    await delay(LOOK_EVERY_MS);
  }
}

interface Status {
  readonly weeks: readonly { readonly archival: string; readonly deletion: string; readonly error?: string }[];
}

/** With nobody submitting or killing, a few runs bring every week to its end. */
async function settle({ service, learners, tables, say }: Scene): Promise<void> {
  const { world } = service;
  let states: string[] = [];
  for (let round = 1; round <= ROUNDS_TO_SETTLE; round += 1) {
    await delay(LEASE_MS);
    // by name: restored weeks too
    for (const batch of learners.batchIds) {
      requireSoundEnd(await runArchiver(`archive --period all --batch ${batch}`, world));
    }
    requireSoundEnd(await runArchiver('delete', world));
    const { weeks } = await runApp<Status>('archiver', ['status'], world);
    states = weeks.map(({ archival, deletion, error = '' }) => `${archival} ${deletion} ${error}`.trimEnd());
    if (states.every((state) => state === 'SUCCESS SUCCESS')) break;
  }
  requireEqual('states of the weeks in the end', ['SUCCESS SUCCESS'], [...new Set(states)]);
  await tables.requireWhole(learners.submitted);
  await tables.requireSettled(learners.batchIds, weekStartMs(isoWeekOf(Date.now())));
  say(`settled: ${states.length} weeks archived and deleted, every attempt once`);
}
