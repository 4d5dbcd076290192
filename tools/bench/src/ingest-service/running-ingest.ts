import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DemoWorld } from '../../../demo/src';

const MAIN = resolve(__dirname, '../../../../dist/apps/ingest/main.js');
const MOST_WORDS = 20_000;

/** How many events ended how, as the ingest's own metrics count them. */
export interface EventCounts {
  readonly done: number;
  readonly skipped: number;
  readonly retried: number;
  readonly deadLettered: number;
}

/** The built ingest as a service, seen from outside. */
export class RunningIngest {
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | NodeJS.Signals | null>;
  private said = '';

  /** @param signal ends the benchmark at its next look */
  constructor(
    private readonly world: DemoWorld,
    private readonly signal: AbortSignal,
    settings: Readonly<Record<string, string>> = {},
  ) {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...world.environment, ...settings };
    this.child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => (this.said = (this.said + String(chunk)).slice(-MOST_WORDS)));
    }
    this.ended = new Promise((done) => this.child.once('close', (code, signal) => done(code ?? signal)));
  }

  /** @throws Error with what it said last when it has ended; when the benchmark is interrupted */
  requireRunning(): void {
    this.signal.throwIfAborted();
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) {
      throw new Error(`the ingest ended with ${exitCode ?? signalCode}:\n${this.said}`);
    }
  }

  /** Whether it says that it is ready; false also while it does not answer. */
  async isReady(): Promise<boolean> {
    const never = (): undefined => undefined;
    const response = await fetch(this.address('health/ready')).catch(never);
    return response?.status === 200;
  }

  async counts(): Promise<EventCounts> {
    const metrics = await (await fetch(this.address('metrics'))).text();
    const count = (outcome: string): number =>
      [...metrics.matchAll(/^ingest_events_total\{([^}]*)\} (\S+)$/gm)]
        .filter(([, labels]) => labels?.includes(`outcome="${outcome}"`))
        .reduce((sum, [, , value]) => sum + Number(value), 0);
    return {
      done: count('done'),
      skipped: count('skipped'),
      retried: count('retried'),
      deadLettered: count('dead-lettered'),
    };
  }

  /** Memory that it holds now, MB. Linux only. */
  rssMb(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** SIGTERM. @throws Error with what it said last when it did not end with 0 */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const how = await this.ended;
    if (how !== 0) throw new Error(`the ingest ended with ${how}:\n${this.said}`);
  }

  /** For when it does not matter any more how it ends. Not by SIGKILL: its group could not be deleted for a while. */
  async abandon(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  private address(path: string): string {
    return `http://127.0.0.1:${this.world.environment['HTTP_PORT']}/${path}`;
  }
}
