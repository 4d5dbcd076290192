import { Injectable } from '@nestjs/common';
import {
  type ArchivalRecord,
  type BatchWeek,
  type Manifest,
  markArchived,
  markPending,
  markVerified,
  takeLease,
} from '@scorekeep/core/domain-archive';
import { assertNoManifestMissing, claimOf } from './ledger/archival-claim';
import { WeekLedger } from './ledger/week-ledger';
import { type WeekLease } from './ledger/week-lease';
import { type BusyWeek, failedWeek, type FailedWeek } from './ledger/week-outcome';
import { compareWeek, type WeekComparison } from './rows/compare-week';
import { WeekRows } from './rows/week-rows';

/** How a run verifies, beside the week itself. */
export interface VerifyRun {
  /** What was asked for, as text; recorded when the week fails. */
  readonly request: string;
  readonly signal?: AbortSignal;
  /** Compares, and marks nothing. */
  readonly dryRun?: boolean;
}

export type ComparedWeek =
  | { readonly kind: 'verified'; readonly comparison: WeekComparison }
  /** A live row is in no object: the week is to be archived again. */
  | { readonly kind: 'pending'; readonly comparison: WeekComparison }
  /** Its objects are whole; its rows are in the table again. */
  | { readonly kind: 'restored'; readonly comparison: WeekComparison };

export type VerifyOutcome =
  | ComparedWeek
  /** There is nothing to verify yet. */
  | { readonly kind: 'not-archived' }
  | BusyWeek
  | FailedWeek;

/**
 * Reads everything that is archived of a batch and week, compares it with its manifests and with the table, and records
 * the result. An unfinished week that turns out to be whole is finished by that.
 */
@Injectable()
export class VerifyWeek {
  constructor(
    private readonly weekRows: WeekRows,
    private readonly weeks: WeekLedger,
  ) {}

  async execute(batchWeek: BatchWeek, run: VerifyRun): Promise<VerifyOutcome> {
    try {
      const record = await this.weeks.find(batchWeek);
      const busy = this.weeks.busy(record);
      if (busy) return busy;
      const manifests = await this.weekRows.manifests(batchWeek);
      if (!record || (record.archival !== 'SUCCESS' && record.rows === 0 && manifests.length === 0)) {
        return { kind: 'not-archived' };
      }
      return await this.verify(record, manifests, run);
    } catch (thrown) {
      return run.dryRun ? failedWeek(thrown) : this.weeks.settle(batchWeek, thrown, run.request);
    }
  }

  private async verify(record: ArchivalRecord, manifests: readonly Manifest[], run: VerifyRun): Promise<VerifyOutcome> {
    if (record.archival === 'RESTORED') return this.verifyRestored(record, manifests, run);
    if (run.dryRun) return this.compare(record, manifests, run.signal);
    if (record.archival === 'SUCCESS') return this.verifyFinished(record, manifests, run);
    return this.weeks.work(
      record,
      (stored, terms) => takeLease(stored, claimOf(record, stored, run), terms),
      (lease) => this.verifyUnfinished(lease, run),
    );
  }

  /** A restored week is left as it is, whatever is found. */
  private async verifyRestored(
    record: ArchivalRecord,
    manifests: readonly Manifest[],
    { signal }: VerifyRun,
  ): Promise<VerifyOutcome> {
    try {
      const { comparison } = await this.compare(record, manifests, signal);
      return { kind: 'restored', comparison };
    } catch (thrown) {
      return failedWeek(thrown);
    }
  }

  private async verifyFinished(
    record: ArchivalRecord,
    manifests: readonly Manifest[],
    { signal }: VerifyRun,
  ): Promise<VerifyOutcome> {
    const outcome = await this.compare(record, manifests, signal);
    await this.weeks.mark(record, outcome.kind === 'verified' ? markVerified : markPending);
    return outcome;
  }

  private async verifyUnfinished(lease: WeekLease, run: VerifyRun): Promise<VerifyOutcome> {
    const manifests = await this.weekRows.manifests(lease.taken);
    const signal = run.signal ? AbortSignal.any([run.signal, lease.signal]) : lease.signal;
    const outcome = await this.compare(lease.taken, manifests, signal);
    if (outcome.kind === 'pending') {
      await lease.end(markPending);
    } else {
      const archived = await lease.end((stored, holder) => markArchived(stored, manifests, holder));
      await this.weeks.mark(archived, markVerified);
    }
    return outcome;
  }

  /** @throws ARCHIVE.DIFFERENCE and whatever else speaks against the archive */
  private async compare(
    record: ArchivalRecord,
    manifests: readonly Manifest[],
    signal: AbortSignal | undefined,
  ): Promise<ComparedWeek> {
    assertNoManifestMissing(record, manifests);
    const comparison = await compareWeek(record, manifests, this.weekRows.join(record, manifests, signal));
    return { kind: comparison.unarchivedRows > 0 ? 'pending' : 'verified', comparison };
  }
}
