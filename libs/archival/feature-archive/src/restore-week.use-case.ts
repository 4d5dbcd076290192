import { Injectable } from '@nestjs/common';
import {
  type BatchWeek,
  greatestVersion,
  groupSorted,
  type Manifest,
  markRestored,
  takeForRestore,
} from '@scorekeep/core/domain-archive';
import { learnerKey, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { withLimit } from './deletion/with-limit';
import { assertNoManifestMissing, claimOf } from './ledger/archival-claim';
import { WeekLedger } from './ledger/week-ledger';
import { type WeekLease } from './ledger/week-lease';
import { type BusyWeek, type FailedWeek } from './ledger/week-outcome';
import { type RestoredRows, RestoreLearner } from './restoration/restore-learner';
import { type KeyCopies } from './rows/judge-key';
import { WeekRows } from './rows/week-rows';

const LEARNERS_AT_ONCE = 16;

/** How a run restores, beside the week itself. */
export interface RestoreRun {
  /** What was asked for, as text; recorded. */
  readonly request: string;
  /** When it is aborted the week is given up at the next learner. */
  readonly signal?: AbortSignal;
  /** Reads everything that would be restored, and changes nothing. */
  readonly dryRun?: boolean;
  /** Called now and then with a number of rows dealt with. */
  readonly onRows?: (rows: number) => void;
}

export type RestoreOutcome =
  | ({ readonly kind: 'restored' } & RestoredRows)
  /** What a run that is not dry would look at: attempts in the objects. */
  | { readonly kind: 'restorable'; readonly archivedRows: number }
  | { readonly kind: 'not-archived' }
  | BusyWeek
  | FailedWeek;

/**
 * Puts what is archived of a batch and week back into the table. The objects stay. Safe to repeat, and to be killed at
 * any point: what is back already is left as it is.
 */
@Injectable()
export class RestoreWeek {
  constructor(
    private readonly weekRows: WeekRows,
    private readonly restoreLearner: RestoreLearner,
    private readonly weeks: WeekLedger,
  ) {}

  async execute(batchWeek: BatchWeek, run: RestoreRun): Promise<RestoreOutcome> {
    try {
      const record = await this.weeks.find(batchWeek);
      const busy = this.weeks.busy(record);
      if (busy) return busy;
      const manifests = await this.weekRows.manifests(batchWeek);
      assertNoManifestMissing(record, manifests);
      if (manifests.length === 0) return { kind: 'not-archived' };
      if (run.dryRun) return { kind: 'restorable', archivedRows: await this.count(batchWeek, manifests, run.signal) };
      return await this.weeks.work(
        batchWeek,
        (stored, terms) => takeForRestore(stored, claimOf(batchWeek, stored, run), terms),
        (lease) => this.restore(lease, run),
      );
    } catch (thrown) {
      return this.weeks.settle(batchWeek, thrown, run.request);
    }
  }

  /** Everything is read to its end first: what an object says is believed only then. */
  private async restore(lease: WeekLease, run: RestoreRun): Promise<RestoreOutcome> {
    const batchWeek = lease.taken;
    const signal = run.signal ? AbortSignal.any([run.signal, lease.signal]) : lease.signal;
    const manifests = await this.weekRows.manifests(batchWeek);
    await this.count(batchWeek, manifests, signal);
    const totals = { restoredRows: 0, liveRows: 0, supersededRows: 0 };
    const rows = greatest(this.weekRows.join(batchWeek, manifests, signal));
    const learners = groupSorted(rows, (left, right) => learnerKey(left) === learnerKey(right));
    await withLimit(learners, LEARNERS_AT_ONCE, async (ofLearner) => {
      const { restoredRows, liveRows, supersededRows } = await this.restoreLearner.execute(ofLearner);
      totals.restoredRows += restoredRows;
      totals.liveRows += liveRows;
      totals.supersededRows += supersededRows;
      run.onRows?.(ofLearner.length);
    });
    await lease.end(markRestored);
    return { kind: 'restored', ...totals };
  }

  private async count(
    batchWeek: BatchWeek,
    manifests: readonly Manifest[],
    signal: AbortSignal | undefined,
  ): Promise<number> {
    let count = 0;
    for await (const { copies } of this.weekRows.join(batchWeek, manifests, signal)) if (copies.length > 0) count += 1;
    return count;
  }
}

/** Of every archived key what counts of it. */
async function* greatest(keys: AsyncIterable<KeyCopies>): AsyncGenerator<WrittenAttempt> {
  for await (const { copies } of keys) {
    const row = greatestVersion(copies.map((copy) => copy.row));
    if (row) yield row;
  }
}
