import { Injectable } from '@nestjs/common';
import {
  inChunks,
  oneAhead,
  type ProducedReport,
  ReportEncoder,
  ReportLearners,
  type ReportNames,
  ReportNaming,
  type ReportOrder,
  ReportProducer,
  type ReportTarget,
  type ReportWatcher,
  responseColumns,
  responseNumbers,
  responseRows,
} from '@scorekeep/core/domain-exhaust';
import { AppError } from '@scorekeep/platform/util-errors';
import { type ArchiveSnapshot, changeBetween } from './archive-snapshot';
import { AttemptsOfBatch, type BatchSelection } from './attempts-of-batch';
import { attemptChunks, chosenAttempts, named, type NamedAttempts } from './chosen-attempts';
import { ExhaustSettings, responseFormat } from './exhaust.settings';
import { remarksOn } from './report-remarks';
import { type ReportFigures, ReportTally } from './report-tally';
import { archiveMoved } from './response.errors';

const noNames: ReportNames = { collectionName: '', batchName: '', titles: new Map() };

/** How often a report is begun anew when the archive changes under it. */
const maxRestarts = 5;

/** One try at a report: `moved` when the archive was not the same at its end. `change` is a clause that says how. */
type TryOutcome =
  | { readonly kind: 'published'; readonly bytes: number; readonly figures: ReportFigures }
  | { readonly kind: 'moved'; readonly change: string };

/** Writes the response report of a batch: every attempt ever made, archived or not, each once. */
@Injectable()
export class ProduceResponseReport extends ReportProducer {
  override readonly dataset = 'response-exhaust';

  constructor(
    private readonly attempts: AttemptsOfBatch,
    private readonly learners: ReportLearners,
    private readonly naming: ReportNaming,
    private readonly encoder: ReportEncoder,
    private readonly settings: ExhaustSettings,
  ) {
    super();
  }

  /**
   * Streams the report to the sink. Rows may be archived and deleted meanwhile: what is archived is listed before the
   * table is read and again when all is read; when the lists differ the report starts again, before it is published.
   *
   * @throws EXHAUST.ARCHIVE_MOVED when they differ every time, and what a source or the sink throws. Nothing is
   *   published then.
   */
  override async produce(order: ReportOrder, target: ReportTarget, watcher: ReportWatcher): Promise<ProducedReport> {
    for (let restarts = 0; ; restarts += 1) {
      const outcome = await this.try(order, target, watcher);
      if (outcome.kind === 'published') {
        const { learners, rows, ...details } = outcome.figures;
        const remarks = remarksOn(outcome.figures, order);
        return { bytes: outcome.bytes, learners, rows, details: { ...details, restarts }, remarks };
      }
      if (restarts === maxRestarts) throw archiveMoved(order.batchId, restarts, outcome.change);
      watcher.restarted(outcome.change);
    }
  }

  private async try(order: ReportOrder, { sink, name }: ReportTarget, watcher: ReportWatcher): Promise<TryOutcome> {
    const selection: BatchSelection = order;
    const snapshot = await this.attempts.snapshot(selection);
    const tally = new ReportTally();
    const changed = async () => changeBetween(snapshot, await this.attempts.snapshot(selection));
    let change: string | undefined;
    const confirm = async () => (change = await changed()) === undefined;
    try {
      const groups = this.rowsOf(this.read(order, snapshot, { tally, watcher }), tally);
      const bytes = this.encoder.encode(order.format, { columns: responseColumns, numbers: responseNumbers, groups });
      const outcome = await sink.publish(name, bytes, { confirm, signal: watcher.signal });
      if (outcome.kind === 'published') return { ...outcome, figures: tally.figures };
      return { kind: 'moved', change: change ?? 'it could not be confirmed' };
    } catch (error) {
      // An object that is not there is a defect, unless it gave way to a newer one while it was to be read.
      const instead = isOfArchive(error) ? await changed() : undefined;
      if (instead === undefined) throw error;
      return { kind: 'moved', change: instead };
    }
  }

  private read(
    order: ReportOrder,
    snapshot: ArchiveSnapshot,
    { tally, watcher }: { readonly tally: ReportTally; readonly watcher: ReportWatcher },
  ): AsyncIterable<NamedAttempts> {
    const names = this.naming.forReport();
    const attempts = this.attempts.read(order, snapshot, tally);
    return oneAhead(inChunks(attempts, attemptChunks), async (chunk) => {
      watcher.signal.throwIfAborted();
      watcher.advanced(this.attempts.percentBefore(chunk), tally.figures.rows);
      const chosen = await chosenAttempts(chunk, this.learners, order);
      tally.figures.attemptsLeftOut += chosen.unenrolled;
      return named(chosen.attempts, names, order);
    });
  }

  private async *rowsOf(chunks: AsyncIterable<NamedAttempts>, tally: ReportTally): AsyncGenerator<string[][]> {
    const format = responseFormat(this.settings);
    for await (const { attempts, namesOf } of chunks) {
      for (const attempt of attempts) {
        const rows = responseRows(attempt, namesOf.get(attempt.courseId) ?? noNames, format);
        tally.addAttempt(attempt, attempt.answers.length === 0 ? 0 : rows.length);
        yield rows;
      }
    }
  }
}

/** Only such errors can come from an object or a manifest that was replaced. */
function isOfArchive(error: unknown): boolean {
  return error instanceof AppError && /^(ARCHIVE|STORAGE)\./.test(error.code);
}
