import { Injectable } from '@nestjs/common';
import {
  ArchivalLedger,
  type ArchivalRecord,
  archiveErrorCodes,
  type BatchWeek,
  type LeaseHolder,
  type LeaseRequest,
  markFailed,
  markInterrupted,
  takeLease,
} from '@scorekeep/core/domain-archive';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { Logger } from '@scorekeep/platform/util-logging';
import { meanwhileChanged } from '../archive-feature.errors';
import { ArchiveOptions } from '../archive-options';
import { applyTransition } from './apply-transition';
import { claimOf } from './archival-claim';
import { WeekLease } from './week-lease';
import {
  type BusyWeek,
  busyWeek,
  failedWeek,
  type FailedWeek,
  isEvidence,
  isInterruption,
  isLeaseLost,
} from './week-outcome';

type Begin = (stored: ArchivalRecord | undefined, lease: LeaseRequest) => ArchivalRecord;
type Mark = (record: ArchivalRecord, holder: LeaseHolder) => ArchivalRecord;

/** What is recorded of weeks: changed by compare-and-set only, worked on under leases only. */
@Injectable()
export class WeekLedger {
  constructor(
    private readonly ledger: ArchivalLedger,
    private readonly options: ArchiveOptions,
    private readonly logger: Logger,
  ) {}

  /** @throws CASSANDRA.* */
  async find(batchWeek: BatchWeek): Promise<ArchivalRecord | undefined> {
    return this.ledger.find(batchWeek);
  }

  /** Whether somebody works on the week that this was read of. */
  busy(record: ArchivalRecord | undefined): BusyWeek | undefined {
    return busyWeek(record, this.options.nowMs());
  }

  /**
   * Marks a week without a lease, provided that nobody worked on it since `seen` was read.
   *
   * @throws ARCHIVE.LEASE_HELD, ARCHIVE.INVALID_STATE, CASSANDRA.*
   */
  async mark(seen: ArchivalRecord, mark: Mark): Promise<ArchivalRecord> {
    const { owner, nowMs } = this.options;
    return applyTransition(this.ledger, seen, (stored) => {
      if (stored?.startedOnMs !== seen.startedOnMs || stored.archival !== seen.archival) throw meanwhileChanged(seen);
      return mark(stored, { owner, nowMs: nowMs() });
    });
  }

  /**
   * Works on a week under its lease. When the work throws, the week is marked FAILED; PENDING when the work was called
   * off; and nothing is marked when the lease is lost.
   *
   * @throws ARCHIVE.LEASE_HELD, ARCHIVE.INVALID_STATE, CASSANDRA.* when the lease cannot be taken
   */
  async work<T>(batchWeek: BatchWeek, begin: Begin, work: (lease: WeekLease) => Promise<T>): Promise<T | FailedWeek> {
    const lease = await WeekLease.take(this.ledger, batchWeek, this.options, begin);
    try {
      return await work(lease);
    } catch (thrown) {
      if (!isLeaseLost(thrown)) {
        await this.remember(() => lease.end(isInterruption(thrown) ? markInterrupted : failing(messageOf(thrown))));
      }
      return failedWeek(thrown);
    } finally {
      lease.stopRenewing();
    }
  }

  /**
   * What became of a week whose work could not begin or did not need a lease. Evidence against a finished week is
   * recorded, so that nothing of it is deleted.
   */
  async settle(batchWeek: BatchWeek, thrown: unknown, request: string): Promise<BusyWeek | FailedWeek> {
    if (thrown instanceof AppError && thrown.code === archiveErrorCodes.leaseHeld) {
      return this.busy(await this.find(batchWeek)) ?? { kind: 'busy', untilMs: this.options.nowMs() };
    }
    if (isEvidence(thrown)) {
      await this.remember(() => this.fail(batchWeek, thrown, request));
    }
    return failedWeek(thrown);
  }

  private async fail(batchWeek: BatchWeek, error: AppError, request: string): Promise<void> {
    const lease = await WeekLease.take(this.ledger, batchWeek, this.options, (stored, terms) =>
      takeLease(stored, claimOf(batchWeek, stored, { request }), terms),
    );
    await lease.end(failing(error.message));
  }

  /** What is to be told is the failure itself, not that it could not be written down too. */
  private async remember(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.logger.warn('the failure of a week could not be recorded', { error });
    }
  }
}

function failing(error: string): Mark {
  return (record, holder) => markFailed(record, error, holder);
}
