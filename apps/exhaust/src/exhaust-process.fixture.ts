import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const repository = join(__dirname, '../../..');

/** A line of the log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly port?: number;
  readonly report?: string;
}

/** `exhaust serve` or `exhaust worker` as a process, with no other settings than these. */
export class ExhaustProcess {
  readonly logged: LogLine[] = [];
  readonly ended: Promise<number | null>;
  /** All that was said. */
  output = '';
  private readonly child: ChildProcess;
  private readonly waiting: { message: string; told: (line: LogLine) => void }[] = [];

  constructor(service: 'serve' | 'worker', environment: Readonly<Record<string, string | undefined>>) {
    const args = [join(repository, 'dist/apps/exhaust/main.js'), service];
    this.child = spawn(process.execPath, args, { env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (text) => (this.output += String(text)));
    if (this.child.stdout) createInterface(this.child.stdout).on('line', (line) => this.note(line));
    this.ended = new Promise((done) => this.child.once('close', done));
  }

  /** The first line with that message, now or later. @throws Error when the process ends without it */
  saying(message: string): Promise<LogLine> {
    const known = this.logged.find((line) => line.message.startsWith(message));
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, told: resolve });
      void this.ended.then((code) =>
        reject(new Error(`ended with ${code} without "${message}": ${this.output.slice(-2000)}`)),
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
    this.output += `${text}\n`;
    const line = JSON.parse(text) as LogLine;
    this.logged.push(line);
    for (const { message, told } of this.waiting) if (line.message.startsWith(message)) told(line);
  }
}
