import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type DemoWorld } from '../../../../tools/demo/src';

const ROOT = resolve(__dirname, '../../../..');
const FAULTS = resolve(__dirname, 'process-faults.fixture.js');

/** Steps of the ingest: its requests to servers, in the order in which it makes them for a record. */
export type Step = 'totals' | 'row' | 'entries' | 'certificate' | 'marker' | 'dead-letter';

/** What is wrong with a process. */
export interface ProcessFaults {
  /** A signal that it sends itself at the n-th request of a step, before it is sent or after it was acknowledged. */
  readonly strike?: {
    readonly point: Step;
    readonly when: 'before' | 'after';
    readonly nth: number;
    readonly signal: 'SIGKILL' | 'SIGSTOP';
  };
  readonly clockAheadMs?: number;
  readonly sessionTimeoutMs?: number;
  /** Real port → the one that it is led to. */
  readonly ports?: Readonly<Record<string, number>>;
}

export interface FaultyApp {
  readonly child: ChildProcess;
  /** What it printed so far. */
  readonly said: () => string;
  /** How it ended: an exit code or a signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts a built app with faults of its process. */
export function startFaulty(
  app: string,
  args: readonly string[],
  { environment }: Pick<DemoWorld, 'environment'>,
  faults: ProcessFaults,
): FaultyApp {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment, PROCESS_FAULTS: JSON.stringify(faults) };
  const main = resolve(ROOT, 'dist/apps', app, 'main.js');
  const child = spawn(process.execPath, ['--require', FAULTS, main, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.once('close', (code, signal) => done(code ?? signal)),
  );
  return { child, said: () => said, ended };
}
