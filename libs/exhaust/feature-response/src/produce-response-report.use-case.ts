import { Injectable } from '@nestjs/common';
import {
  type CourseBatch,
  csvChunks,
  type NamesOfReport,
  type ReportNames,
  ReportNaming,
  ReportSink,
  type ReportWatcher,
  responseColumns,
  type ResponseFormat,
  responseRows,
} from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { ByteStreams } from '@scorekeep/platform/domain-storage';
import { AppError } from '@scorekeep/platform/util-errors';
import { type ArchiveSnapshot, changeBetween } from './archive-snapshot';
import { AttemptsOfBatch, type BatchSelection } from './attempts-of-batch';
import { inChunks, oneAhead } from './enrolled-attempts';
import { LearnerChoice, type LearnersWanted } from './learner-choice';
import { type ReportFigures, ReportTally } from './report-tally';
import { archiveMoved } from './response.errors';

const noNames: ReportNames = { collectionName: '', batchName: '', titles: new Map() };

/** How often a report is begun anew when the archive changes under it. */
const maxRestarts = 5;

export interface ResponseReportRequest extends LearnersWanted {
  readonly selection: BatchSelection;
  /** Name for the sink. */
  readonly file: string;
  readonly compressed: boolean;
  readonly format: ResponseFormat;
}

/** What was published. */
export interface ResponseReport extends Readonly<ReportFigures> {
  /** Of the file. */
  readonly bytes: number;
  /** How often it was begun anew because the archive changed. */
  readonly restarts: number;
}

/** One try at a report: `moved` when the archive was not the same at its end. `change` is a clause that says how. */
type TryOutcome =
  | { readonly kind: 'published'; readonly bytes: number; readonly figures: ReportFigures }
  | { readonly kind: 'moved'; readonly change: string };

/** Writes the response report of a batch: every attempt ever made, archived or not, each once. */
@Injectable()
export class ProduceResponseReport {
  constructor(
    private readonly attempts: AttemptsOfBatch,
    private readonly choice: LearnerChoice,
    private readonly naming: ReportNaming,
    private readonly streams: ByteStreams,
    private readonly sink: ReportSink,
  ) {}

  /**
   * Streams the report to the sink. Rows may be archived and deleted meanwhile: what is archived is listed before the
   * table is read and again when all is read; when the lists differ the report starts again, before it is published.
   *
   * @throws EXHAUST.ARCHIVE_MOVED when they differ every time, and what a source or the sink throws. Nothing is
   *   published then.
   */
  async execute(request: ResponseReportRequest, watcher: ReportWatcher): Promise<ResponseReport> {
    for (let restarts = 0; ; restarts += 1) {
      const outcome = await this.try(request, watcher);
      if (outcome.kind === 'published') return { ...outcome.figures, bytes: outcome.bytes, restarts };
      if (restarts === maxRestarts) throw archiveMoved(request.selection.batchId, restarts, outcome.change);
      watcher.restarted(outcome.change);
    }
  }

  private async try(request: ResponseReportRequest, watcher: ReportWatcher): Promise<TryOutcome> {
    const snapshot = await this.attempts.snapshot(request.selection);
    const tally = new ReportTally();
    const changed = async () => changeBetween(snapshot, await this.attempts.snapshot(request.selection));
    let change: string | undefined;
    const confirm = async () => (change = await changed()) === undefined;
    try {
      const bytes = this.bytesOf(request, snapshot, tally, watcher);
      const outcome = await this.sink.publish(request.file, bytes, { confirm, signal: watcher.signal });
      if (outcome.kind === 'published') return { ...outcome, figures: tally.figures };
      return { kind: 'moved', change: change ?? 'it could not be confirmed' };
    } catch (error) {
      // An object that is not there is a defect, unless it gave way to a newer one while it was to be read.
      const instead = isOfArchive(error) ? await changed() : undefined;
      if (instead === undefined) throw error;
      return { kind: 'moved', change: instead };
    }
  }

  private bytesOf(
    request: ResponseReportRequest,
    snapshot: ArchiveSnapshot,
    tally: ReportTally,
    watcher: ReportWatcher,
  ): AsyncIterable<Uint8Array> {
    const attempts = this.attempts.read(request.selection, snapshot, tally);
    const names = this.naming.forReport();
    const chunks = oneAhead(inChunks(attempts), async (chunk) => {
      watcher.signal.throwIfAborted();
      watcher.advanced(this.attempts.percentBefore(chunk), tally.figures.rows);
      return named(await this.chosen(chunk, request, tally), names);
    });
    const csv = csvChunks(responseColumns, rowsOf(chunks, request.format, tally));
    return request.compressed ? this.streams.gzip(csv) : csv;
  }

  private async chosen(
    chunk: readonly StoredAttempt[],
    request: ResponseReportRequest,
    { figures }: ReportTally,
  ): Promise<readonly StoredAttempt[]> {
    const { attempts, unenrolled } = await this.choice.of(chunk, request);
    figures.attemptsLeftOut += unenrolled;
    return attempts;
  }
}

/** Attempts with the names of their course. */
interface NamedAttempts {
  readonly attempts: readonly StoredAttempt[];
  readonly namesOf: ReadonlyMap<string, ReportNames>;
}

/** Asks for the names of all courses and contents of a chunk in one go. */
async function named(attempts: readonly StoredAttempt[], names: NamesOfReport): Promise<NamedAttempts> {
  const contents = new Map<string, { readonly batch: CourseBatch; readonly contentIds: Set<string> }>();
  for (const { courseId, batchId, contentId } of attempts) {
    const known = contents.get(courseId) ?? { batch: { courseId, batchId }, contentIds: new Set<string>() };
    contents.set(courseId, known);
    known.contentIds.add(contentId);
  }
  const namesOf = new Map<string, ReportNames>();
  for (const [courseId, { batch, contentIds }] of contents) namesOf.set(courseId, await names.of(batch, contentIds));
  return { attempts, namesOf };
}

async function* rowsOf(
  chunks: AsyncIterable<NamedAttempts>,
  format: ResponseFormat,
  tally: ReportTally,
): AsyncGenerator<string[][]> {
  for await (const { attempts, namesOf } of chunks) {
    for (const attempt of attempts) {
      const rows = responseRows(attempt, namesOf.get(attempt.courseId) ?? noNames, format);
      tally.addAttempt(attempt, attempt.answers.length === 0 ? 0 : rows.length);
      yield rows;
    }
  }
}

/** Only such errors can come from an object or a manifest that was replaced. */
function isOfArchive(error: unknown): boolean {
  return error instanceof AppError && /^(ARCHIVE|STORAGE)\./.test(error.code);
}
