import {
  type Dataset,
  type ProducedReport,
  type ReportFormat,
  reportFormats,
  ReportProducers,
  ReportSink,
  type ReportWatcher,
} from '@scorekeep/core/domain-exhaust';
import { Interruption, oneOf, Output, type Progress, UsageError } from '@scorekeep/platform/util-cli';
import { CommandRunner, Option } from 'nest-commander';
import { type ReportRun, summaryOf, summaryRow } from './report-summary';

export interface ReportOptions {
  readonly batch: string;
  readonly collection?: string;
  readonly out: string;
  readonly format?: ReportFormat;
  readonly includeUnenrolled?: boolean;
  readonly json?: boolean;
}

/** What every command that writes a report does: options → producer → summary. */
export abstract class ReportCommand extends CommandRunner {
  protected abstract readonly dataset: Dataset;
  /** For the progress bar. */
  protected abstract readonly title: string;

  constructor(
    private readonly producers: ReportProducers,
    private readonly sink: ReportSink,
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  override async run(_words: string[], options: ReportOptions): Promise<void> {
    const { batch, collection, out, includeUnenrolled = false } = options;
    const format = options.format ?? formatOf(out);
    const watcher = this.watcher();
    const startedMs = performance.now();
    const report = await this.producers.of(this.dataset).produce(
      {
        ...{ batchId: batch, format, includeUnenrolled },
        ...(collection === undefined ? {} : { collectionId: collection }),
      },
      { sink: this.sink, name: out },
      watcher,
    );
    watcher.advanced(100, report.rows);
    const elapsedMs = performance.now() - startedMs;
    this.present(report, { batchId: batch, collectionId: collection, file: out, format, elapsedMs }, options);
  }

  private watcher(): ReportWatcher {
    const begin = (): Progress => this.output.progress(this.title, 100);
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

  private present(report: ProducedReport, run: ReportRun, { json }: ReportOptions): void {
    this.output.endProgress();
    report.remarks?.forEach((remark) => this.output.note(remark));
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

  @Option({
    flags: '--format <format>',
    description: `${reportFormats.join(', ')} (default: what the name of the file ends in, else csv)`,
  })
  parseFormat(value: string): ReportFormat {
    return oneOf(reportFormats, value);
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

function formatOf(file: string): ReportFormat {
  if (file.endsWith('.gz')) return 'csv.gz';
  return file.endsWith('.parquet') ? 'parquet' : 'csv';
}

function notEmpty(value: string): string {
  if (value === '') throw new UsageError('It must not be empty.');
  return value;
}
