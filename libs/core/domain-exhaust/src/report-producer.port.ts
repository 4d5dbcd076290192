import { type Dataset, type ReportFormat } from './dataset';
import { type ReportSink } from './report-sink.port';

/** What is asked for: one batch, one file. */
export interface ReportOrder {
  readonly batchId: string;
  /** Only this course of the batch; absent: every course that uses the batch id. */
  readonly collectionId?: string;
  readonly format: ReportFormat;
  /** Also learners who are not actively enrolled. */
  readonly includeUnenrolled: boolean;
  /** Only learners whose profile has this `rootorgid`; absent: all of them. Whoever has no profile is not among them. */
  readonly organisationId?: string;
}

/** Where a report goes: the sink, and the report's name there. A report is published under it in full, or not at all. */
export interface ReportTarget {
  readonly sink: ReportSink;
  readonly name: string;
}

/** Who waits for a report. */
export interface ReportWatcher {
  /** Aborted: the report is called off with the signal's reason, nothing is left behind. */
  readonly signal: AbortSignal;
  /**
   * Called now and then, at least once a chunk of learners.
   *
   * @param percent of the learners, 0–100; begins again after a restart
   * @param rows written so far, the header not counted
   */
  advanced(percent: number, rows: number): void;
  /** What was read changed meanwhile: everything so far is thrown away. `change` is a clause that says what. */
  restarted(change: string): void;
}

/** What was published, as far as it is the same for every dataset. */
export interface ProducedReport {
  /** Of the file before it was encrypted. */
  readonly bytes: number;
  /** Without the header; 0: the file holds the header only. */
  readonly rows: number;
  readonly learners: number;
  /** Further counts of what this dataset is made of, by name. */
  readonly details?: Readonly<Record<string, number>>;
  /** What a reader should know, in sentences; none when there is nothing unusual. */
  readonly remarks?: readonly string[];
}

/**
 * One dataset's reports: `exhaust response` and `exhaust progress` call it with a file as target, the workers of reports
 * on demand with an object of the store (perhaps encrypted on the way). A producer hands its bytes to
 * `target.sink.publish` and keeps no copy of them, so that nothing readable is left when a process is killed.
 */
export abstract class ReportProducer {
  abstract readonly dataset: Dataset;

  /** @throws what a source or the sink throws (retryable says whether another try can help); nothing is published then */
  abstract produce(order: ReportOrder, target: ReportTarget, watcher: ReportWatcher): Promise<ProducedReport>;
}
