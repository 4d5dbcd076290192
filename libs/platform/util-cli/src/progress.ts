import { Presets, SingleBar } from 'cli-progress';
import { type OutputStream } from './output';

const lineEveryMs = 10_000;

/** How far a command is. Counts things done; made by `Output.progress`. */
export abstract class Progress {
  protected done = 0;
  private finished = false;

  constructor(
    protected readonly what: string,
    protected readonly total: number | undefined,
  ) {}

  advance(count = 1): void {
    if (this.finished) return;
    this.done += count;
    this.changed();
  }

  /** Shows the last state and stops. Safe to call twice. */
  finish(): void {
    if (this.finished) return;
    this.finished = true;
    this.end();
  }

  protected abstract changed(): void;
  protected abstract end(): void;
}

/** A bar that redraws itself. */
export class TerminalProgress extends Progress {
  private readonly bar: SingleBar;

  constructor(what: string, total: number | undefined, stream: OutputStream) {
    super(what, total);
    const format = total === undefined ? `${what} {value}` : `${what} {bar} {value}/{total} {eta_formatted}`;
    // A hidden cursor would stay hidden when the process is killed.
    this.bar = new SingleBar(
      { stream: stream as NodeJS.WritableStream, format, hideCursor: false },
      Presets.shades_classic,
    );
    this.bar.start(total ?? 0, 0);
  }

  protected changed(): void {
    this.bar.update(this.done);
  }

  protected end(): void {
    this.bar.stop();
  }
}

/** A line every ten seconds, for logs. */
export class LineProgress extends Progress {
  private readonly timer: NodeJS.Timeout;

  constructor(
    what: string,
    total: number | undefined,
    private readonly stream: OutputStream,
  ) {
    super(what, total);
    this.timer = setInterval(() => this.write(), lineEveryMs).unref();
  }

  protected changed(): void {
    // Written by the timer.
  }

  protected end(): void {
    clearInterval(this.timer);
    this.write();
  }

  private write(): void {
    const of = this.total ? ` of ${this.total} (${Math.floor((100 * this.done) / this.total)} %)` : '';
    this.stream.write(`${this.what} ${this.done}${of}\n`);
  }
}
