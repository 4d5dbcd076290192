import { Injectable } from '@nestjs/common';
import {
  type ArchivalRecord,
  type BatchWeek,
  isDeletable,
  markDeleted,
  markPending,
  takeForDeletion,
} from '@scorekeep/core/domain-archive';
import { meanwhileChanged } from './archive-feature.errors';
import { ArchiveOptions } from './archive-options';
import { DeletableRows } from './deletion/deletable-rows';
import { DeleteRows } from './deletion/delete-rows';
import { assertNoManifestMissing } from './ledger/archival-claim';
import { WeekLedger } from './ledger/week-ledger';
import { type WeekLease } from './ledger/week-lease';
import { type BusyWeek, type FailedWeek } from './ledger/week-outcome';
import { compareWeek, type WeekComparison } from './rows/compare-week';
import { type KeyCopies } from './rows/judge-key';
import { WeekRows } from './rows/week-rows';
import { VerifyWeek } from './verify-week.use-case';

/** How a run deletes, beside the week itself. */
export interface DeleteRun {
  /** What was asked for, as text; recorded when the week fails. */
  readonly request: string;
  /** When it is aborted the week is given up at the next row. */
  readonly signal?: AbortSignal;
  /** Compares and counts, and changes nothing. */
  readonly dryRun?: boolean;
  /** Called now and then with a number of rows deleted. */
  readonly onDeleted?: (rows: number) => void;
}

export type DeleteOutcome =
  /** A live row that changed meanwhile counts as deleted, and stays: it goes as of what was archived. */
  | { readonly kind: 'deleted'; readonly comparison: WeekComparison; readonly deletedRows: number }
  /** What a run that is not dry would delete: `comparison.matchingRows`. */
  | { readonly kind: 'deletable'; readonly comparison: WeekComparison }
  | { readonly kind: 'already-deleted' }
  /** Verified, but not long enough ago; ms since epoch. */
  | { readonly kind: 'cooling-off'; readonly deletableFromMs: number }
  /** A live row is in no object: the week is to be archived again, and nothing of it was deleted. */
  | { readonly kind: 'pending'; readonly comparison: WeekComparison }
  | { readonly kind: 'not-archived' }
  /** Put back into the table, and left there until it is archived again by name. */
  | { readonly kind: 'restored' }
  | BusyWeek
  | FailedWeek;

/**
 * Deletes the archived rows of a batch and week from the table, when its archival succeeded, its verification was long
 * enough ago and passes once more now. Safe to repeat, and to be killed at any point.
 */
@Injectable()
export class DeleteWeek {
  constructor(
    private readonly verifyWeek: VerifyWeek,
    private readonly weekRows: WeekRows,
    private readonly deleteRows: DeleteRows,
    private readonly weeks: WeekLedger,
    private readonly options: ArchiveOptions,
  ) {}

  async execute(batchWeek: BatchWeek, run: DeleteRun): Promise<DeleteOutcome> {
    try {
      const record = await this.weeks.find(batchWeek);
      const left = this.weeks.busy(record) ?? leftAlone(record, this.options) ?? (await this.unverified(record, run));
      if (left) return left;
      return await this.weeks.work(
        batchWeek,
        (stored, terms) => takeForDeletion(existing(stored, batchWeek), this.options.deleteAfterMs, terms),
        (lease) => this.delete(lease, run),
      );
    } catch (thrown) {
      return this.weeks.settle(batchWeek, thrown, run.request);
    }
  }

  /** A week that never was verified is verified first, and may have to cool off then. A dry run ends here in any case. */
  private async unverified(record: ArchivalRecord | undefined, run: DeleteRun): Promise<DeleteOutcome | undefined> {
    const { deleteAfterMs, nowMs } = this.options;
    if (!record) return { kind: 'not-archived' };
    if (record.verifiedOnMs !== null && !run.dryRun) return undefined;
    const outcome = await this.verifyWeek.execute(record, run);
    if (outcome.kind !== 'verified') return outcome;
    if (!run.dryRun) return leftAlone(await this.weeks.find(record), this.options);
    return record.verifiedOnMs === null && deleteAfterMs > 0
      ? { kind: 'cooling-off', deletableFromMs: nowMs() + deleteAfterMs }
      : { kind: 'deletable', comparison: outcome.comparison };
  }

  private async delete(lease: WeekLease, run: DeleteRun): Promise<DeleteOutcome> {
    const batchWeek = lease.taken;
    const signal = run.signal ? AbortSignal.any([run.signal, lease.signal]) : lease.signal;
    const manifests = await this.weekRows.manifests(batchWeek);
    assertNoManifestMissing(lease.taken, manifests);
    const keys = (): AsyncIterable<KeyCopies> => this.weekRows.join(batchWeek, manifests, signal);
    const deletable = new DeletableRows();
    const comparison = await compareWeek(batchWeek, manifests, keys(), (row) => deletable.add(row));
    if (comparison.unarchivedRows > 0) {
      await lease.end(markPending);
      return { kind: 'pending', comparison };
    }
    const onDeleted = run.onDeleted ?? (() => undefined);
    const deletedRows = await this.deleteRows.execute(deletable.all(keys), onDeleted, signal);
    await lease.end(markDeleted);
    return { kind: 'deleted', comparison, deletedRows };
  }
}

function existing(stored: ArchivalRecord | undefined, batchWeek: BatchWeek): ArchivalRecord {
  if (!stored) throw meanwhileChanged(batchWeek);
  return stored;
}

/** Why nothing of a week may be deleted, as far as its record tells. */
function leftAlone(
  record: ArchivalRecord | undefined,
  { deleteAfterMs, nowMs }: ArchiveOptions,
): DeleteOutcome | undefined {
  if (record?.archival === 'RESTORED') return { kind: 'restored' };
  if (record?.archival !== 'SUCCESS') return { kind: 'not-archived' };
  if (record.deletion === 'SUCCESS') return { kind: 'already-deleted' };
  if (record.verifiedOnMs === null || isDeletable(record, nowMs(), deleteAfterMs)) return undefined;
  return { kind: 'cooling-off', deletableFromMs: record.verifiedOnMs + deleteAfterMs };
}
