import { AppError } from '@scorekeep/platform/util-errors';
import Table from 'cli-table3';
import { LineProgress, type Progress, TerminalProgress } from './progress';

/** `process.stdout`, or something that remembers. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

export interface OutputStreams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

export type TableRow = Readonly<Record<string, string | number | boolean | undefined>>;

/** To the first column, and remove what stands there. */
const clearLine = '\r\u001b[K';

/** What a command says: its result on stdout, everything else on stderr. Injected into commands. */
export class Output {
  private running: Progress | undefined;
  private hasResult = false;

  constructor(private readonly streams: OutputStreams) {}

  /** A line of the result, for people. Ends the progress: there is a result now. */
  line(text: string): void {
    this.endProgress();
    this.streams.stdout.write(`${text}\n`);
  }

  /** Something to know that is not the result. */
  note(text: string): void {
    const { stderr } = this.streams;
    const overBar = this.running !== undefined && stderr.isTTY === true ? clearLine : '';
    stderr.write(`${overBar}${text}\n`);
  }

  /** The result as a table: a row each, columns named by the first row's keys, numbers to the right. */
  table(rows: readonly TableRow[]): void {
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) return;
    const table = new Table({
      head: columns,
      style: { head: [], border: [] },
      colAligns: columns.map((column) => (typeof rows[0]?.[column] === 'number' ? 'right' : 'left')),
    });
    table.push(...rows.map((row) => columns.map((column) => row[column]?.toString() ?? '')));
    this.line(table.toString());
  }

  /** The result for scripts: one line of JSON, the last on stdout. @throws CLI.SECOND_RESULT */
  json(result: object): void {
    if (this.hasResult) throw new AppError('CLI.SECOND_RESULT', 'a command prints one JSON result');
    this.hasResult = true;
    this.line(JSON.stringify(result));
  }

  /** Shows progress on stderr: a bar on a terminal, else a line every ten seconds. One at a time. */
  progress(what: string, total?: number): Progress {
    this.endProgress();
    const { stderr } = this.streams;
    this.running = stderr.isTTY ? new TerminalProgress(what, total, stderr) : new LineProgress(what, total, stderr);
    return this.running;
  }

  /** Called when a command ends, however it ends. */
  endProgress(): void {
    this.running?.finish();
    this.running = undefined;
  }
}
