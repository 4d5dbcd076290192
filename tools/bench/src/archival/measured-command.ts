import { spawn } from 'node:child_process';
import { type ProcessUsage, usageOf } from '../ingest/process-usage';

const POLL_INTERVAL_MS = 50;

/** A program that runs to its end. */
export interface MeasuredCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Kills it. */
  readonly signal: AbortSignal;
}

/** Its start included. */
export interface CommandMeasurement extends ProcessUsage {
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws Error with what it said when it does not end with 0 */
export async function measureCommand(measured: MeasuredCommand): Promise<CommandMeasurement> {
  const { command, args, environment, signal } = measured;
  const { PATH = '', HOME = '' } = process.env;
  const startMs = performance.now();
  const child = spawn(command, args, {
    env: { PATH, HOME, ...environment },
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  let usage: ProcessUsage = { cpuMs: 0, peakRssMb: 0 };
  const look = (): void => {
    usage = (child.pid === undefined ? undefined : usageOf(child.pid)) ?? usage;
  };
  const polling = setInterval(look, POLL_INTERVAL_MS);
  try {
    const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said.stderr}${said.stdout}`);
    return { ...usage, ...said, seconds: (performance.now() - startMs) / 1000 };
  } finally {
    clearInterval(polling);
  }
}
