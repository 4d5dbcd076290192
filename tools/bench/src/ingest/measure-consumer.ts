import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessUsage, usageOf } from './process-usage';

/** Both the ingest and the bare loop say this on stderr when they have joined their group, before the first fetch. */
export const JOINED = 'partitions were assigned';
export const POLL_INTERVAL_MS = 50;
const JOIN_TIMEOUT_MS = 120_000;
const STANDSTILL_TIMEOUT_MS = 120_000;

/** A program that consumes a topic of `events` records in a group of its own. */
export interface Consumer {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly events: number;
  /** Records that its group has committed. */
  readonly committed: () => Promise<number>;
  /** It is told to end by SIGTERM when it has committed everything; otherwise it notices by itself. */
  readonly endsBySignal: boolean;
  /** Kills it. */
  readonly signal: AbortSignal;
}

export interface Measurement {
  readonly eventsPerSecond: number;
  readonly cpuMsPerEvent: number;
  /** Of the whole process, its start included. */
  readonly peakRssMb: number;
}

interface Moment extends ProcessUsage {
  readonly atMs: number;
}

/**
 * Runs the program and measures from its membership in the group to the commit of its last record.
 *
 * @throws Error with what it said when it fails, ends early or stands still
 */
export async function measureConsumer(consumer: Consumer): Promise<Measurement> {
  const child = start(consumer);
  let said = '';
  child.stdout?.on('data', (text) => (said += String(text)));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const joined = new Promise<Moment>((done, reject) => {
    if (!child.stderr) throw new Error('the program has no stderr');
    createInterface(child.stderr).on('line', (line) => {
      said += `${line}\n`;
      const now = line.includes(JOINED) ? momentOf(child) : undefined;
      if (now) done(now);
    });
    void ended.then((code) => reject(new Error(`it ended with ${code} before it had read anything`)));
  });
  try {
    const first = await Promise.race([joined, failed, timeout(JOIN_TIMEOUT_MS)]);
    const last = await Promise.race([untilCommitted(consumer, child, first), failed]);
    if (consumer.endsBySignal) child.kill('SIGTERM');
    const code = await ended;
    if (code !== 0) throw new Error(`it ended with ${code}`);
    return measurementOf(consumer.events, first, last);
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`${consumer.args.join(' ')}: ${String(cause)}\n${said}`, { cause });
  }
}

function start({ args, environment, signal }: Consumer): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment };
  return spawn(process.execPath, args, { env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Usage is read before the question: a program that then ends by itself has been seen alive. */
async function untilCommitted(consumer: Consumer, child: ChildProcess, first: Moment): Promise<Moment> {
  let usage: ProcessUsage = first;
  let known = 0;
  for (let progressMs = performance.now(); ; await delay(POLL_INTERVAL_MS)) {
    consumer.signal.throwIfAborted();
    const hasEnded = child.exitCode !== null;
    usage = momentOf(child) ?? usage;
    const committed = await consumer.committed();
    const atMs = performance.now();
    if (committed >= consumer.events) return { ...usage, atMs };
    if (hasEnded) throw new Error(`it ended after ${committed} of ${consumer.events} records`);
    if (committed > known) progressMs = atMs;
    known = committed;
    if (atMs - progressMs > STANDSTILL_TIMEOUT_MS) throw new Error(`it stands still at ${committed} records`);
  }
}

function measurementOf(events: number, first: Moment, last: Moment): Measurement {
  return {
    eventsPerSecond: (events * 1000) / (last.atMs - first.atMs),
    cpuMsPerEvent: (last.cpuMs - first.cpuMs) / events,
    peakRssMb: last.peakRssMb,
  };
}

function momentOf({ pid }: ChildProcess): Moment | undefined {
  const usage = pid === undefined ? undefined : usageOf(pid);
  return usage && { ...usage, atMs: performance.now() };
}

async function timeout(timeoutMs: number): Promise<never> {
  await delay(timeoutMs, undefined, { ref: false });
  throw new Error(`it did not join its group within ${timeoutMs} ms`);
}
