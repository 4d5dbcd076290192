import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { usageOf } from '../ingest/process-usage';
import { type SunbirdRows } from './sunbird-rows';

const MIGRATOR = resolve(__dirname, '../../../../dist/apps/migrator/main.js');
const SAMPLE_EVERY_MS = 100;
const INTERRUPTED = 130;

export interface EndedMigration {
  readonly seconds: number;
  readonly peakRssMb: number;
}

/** A command of the built migrator, as a process. */
export class MigratorRun {
  /** Rejects with what it said when it does not end with 0, unless it was interrupted. */
  readonly ended: Promise<EndedMigration>;
  private readonly child: ChildProcess;
  private peakRssMb = 0;
  private isInterrupted = false;

  constructor(args: readonly string[], environment: Readonly<Record<string, string>>) {
    const { PATH = '', HOME = '' } = process.env;
    const folder = mkdtempSync(join(tmpdir(), 'bench-migrate-'));
    const startMs = performance.now();
    this.child = spawn(process.execPath, [MIGRATOR, ...args, '--json'], {
      ...{ cwd: folder, env: { PATH, HOME, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    let said = '';
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (text) => (said += String(text)));
    const sampling = setInterval(() => this.sample(), SAMPLE_EVERY_MS);
    this.ended = new Promise((done, failed) => {
      this.child.once('close', (code) => {
        clearInterval(sampling);
        rmSync(folder, { recursive: true, force: true });
        const isExpected = code === 0 || (this.isInterrupted && code === INTERRUPTED);
        if (isExpected) done({ seconds: (performance.now() - startMs) / 1000, peakRssMb: this.peakRssMb });
        else failed(new Error(`migrator ${args.join(' ')} ended with ${code}:\n${said}`));
      });
    });
    // awaited later; a failure is thrown there
    this.ended.catch(() => undefined);
  }

  /** Resolves when it has written something. */
  async isWorking(rows: SunbirdRows): Promise<void> {
    while (this.child.exitCode === null && !(await rows.hasFilled())) await delay(SAMPLE_EVERY_MS);
  }

  /** @returns whether it was still working */
  async interrupt(): Promise<boolean> {
    const wasWorking = this.child.exitCode === null;
    this.isInterrupted = true;
    this.child.kill('SIGINT');
    await this.ended;
    return wasWorking;
  }

  private sample(): void {
    const usage = this.child.pid === undefined ? undefined : usageOf(this.child.pid);
    if (usage) this.peakRssMb = usage.peakRssMb;
  }
}
