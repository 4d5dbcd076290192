import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(__dirname, '../../../dist/apps/content-state-api/main.js');

/** A line of the log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly port?: number;
  readonly privatePort?: number;
}

/** The built app as a process, on ports of its own. */
export class ApiProcess {
  readonly logged: LogLine[] = [];
  readonly ended: Promise<number | null>;
  complaints = '';
  private readonly child: ChildProcess;
  private readonly waiting = new Map<string, (line: LogLine) => void>();

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    const env = { HTTP_PORT: '0', HTTP_PRIVATE_PORT: '0', ...environment };
    this.child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (text) => (this.complaints += String(text)));
    if (this.child.stdout) createInterface(this.child.stdout).on('line', (line) => this.note(line));
    this.ended = new Promise((done) => this.child.once('close', done));
  }

  /** @returns the first line with that message, now or later. @throws Error when the process ends without it */
  saying(message: string): Promise<LogLine> {
    const known = this.logged.find((line) => line.message === message);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.waiting.set(message, resolve);
      void this.ended.then((code) =>
        reject(new Error(`ended with ${code} without saying "${message}": ${this.complaints}`)),
      );
    });
  }

  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /** To the end, whatever state it is in. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private note(text: string): void {
    const line = JSON.parse(text) as LogLine;
    this.logged.push(line);
    this.waiting.get(line.message)?.(line);
  }
}
