import { type ReportWatcher } from '@scorekeep/core/domain-exhaust';
import { Interruption, oneOf, Output, type Progress, UsageError } from '@scorekeep/platform/util-cli';
import { Command, CommandRunner, Option } from 'nest-commander';
import { ExhaustSettings, responseFormat } from './exhaust.settings';
import { ProduceResponseReport, type ResponseReport } from './produce-response-report.use-case';
import { remarksOn, type ReportRun, summaryOf, summaryRow } from './report-summary';

const formats = ['csv', 'csv.gz'] as const;
type Format = (typeof formats)[number];

interface ResponseOptions {
  readonly batch: string;
  readonly collection?: string;
  readonly out: string;
  readonly format?: Format;
  readonly includeUnenrolled?: boolean;
  readonly json?: boolean;
}

/** `exhaust response`: options → use case → summary. */
@Command({ name: 'response', description: 'writes every attempt of a batch, with its answers, to a file' })
export class ResponseCommand extends CommandRunner {
  constructor(
    private readonly produceReport: ProduceResponseReport,
    private readonly settings: ExhaustSettings,
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  override async run(_words: string[], options: ResponseOptions): Promise<void> {
    const { batch, collection, out, includeUnenrolled = false } = options;
    const format = options.format ?? (out.endsWith('.gz') ? 'csv.gz' : 'csv');
    const watcher = this.watcher();
    const startedMs = performance.now();
    const report = await this.produceReport.execute(
      {
        selection: { batchId: batch, ...(collection === undefined ? {} : { collectionId: collection }) },
        file: out,
        compressed: format === 'csv.gz',
        includeUnenrolled,
        format: responseFormat(this.settings),
      },
      watcher,
    );
    watcher.advanced(100, report.rows);
    const elapsedMs = performance.now() - startedMs;
    this.present(report, { batchId: batch, collectionId: collection, file: out, format, elapsedMs }, options);
  }

  private watcher(): ReportWatcher {
    const begin = (): Progress => this.output.progress('response report, % of the batch', 100);
    let progress = begin();
    let shown = 0;
    return {
      signal: this.interruption.signal,
      advanced: (percent) => {
        progress.advance(Math.max(0, percent - shown));
        shown = Math.max(shown, percent);
      },
      restarted: (change) => {
        this.output.endProgress();
        this.output.note(`the archive changed meanwhile (${change}): starting again`);
        progress = begin();
        shown = 0;
      },
    };
  }

  private present(report: ResponseReport, run: ReportRun, { json }: ResponseOptions): void {
    this.output.endProgress();
    remarksOn(report, run).forEach((remark) => this.output.note(remark));
    if (json) return this.output.json(summaryOf(report, run));
    this.output.table([summaryRow(report, run)]);
    this.output.line(run.file);
  }

  @Option({ flags: '--batch <batch>', description: 'id of the batch', required: true })
  parseBatch(value: string): string {
    return notEmpty(value);
  }

  @Option({ flags: '--collection <collection>', description: 'only this course of the batch' })
  parseCollection(value: string): string {
    return notEmpty(value);
  }

  @Option({ flags: '--out <file>', description: 'file to write; one that exists is replaced', required: true })
  parseOut(value: string): string {
    return notEmpty(value);
  }

  @Option({ flags: '--format <format>', description: 'csv or csv.gz (default: csv.gz when the file ends in .gz)' })
  parseFormat(value: string): Format {
    return oneOf(formats, value);
  }

  @Option({ flags: '--include-unenrolled', description: 'also learners who are not actively enrolled' })
  parseIncludeUnenrolled(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'the summary as JSON' })
  parseJson(): boolean {
    return true;
  }
}

function notEmpty(value: string): string {
  if (value === '') throw new UsageError('It must not be empty.');
  return value;
}
