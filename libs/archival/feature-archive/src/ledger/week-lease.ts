import {
  type ArchivalLedger,
  type ArchivalRecord,
  archiveErrorCodes,
  type BatchWeek,
  type LeaseHolder,
  type LeaseRequest,
  recordObject,
  renewLease,
} from '@scorekeep/core/domain-archive';
import { AppError } from '@scorekeep/platform/util-errors';
import { type ArchiveOptions } from '../archive-options';
import { applyTransition } from './apply-transition';
import { isLeaseLost } from './week-outcome';

const RENEWALS_PER_LEASE = 4;

type Options = Pick<ArchiveOptions, 'owner' | 'leaseMs' | 'nowMs'>;

/**
 * The right to work on one week, renewed in the background until it is given back. `signal` is aborted with
 * ARCHIVE.LEASE_LOST once somebody else may have it: whoever works under the lease then stops and marks nothing.
 */
export class WeekLease {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private expiresOnMs: number;
  readonly signal = this.lost.signal;

  private constructor(
    private readonly ledger: ArchivalLedger,
    private readonly batchWeek: BatchWeek,
    private readonly options: Options,
    /** The record with which the lease was taken. */
    readonly taken: ArchivalRecord,
  ) {
    this.expiresOnMs = taken.leaseExpiresOnMs ?? 0;
    this.timer = setInterval(() => void this.renew(), options.leaseMs / RENEWALS_PER_LEASE);
  }

  /**
   * @param begin the transition that takes the lease
   * @throws ARCHIVE.LEASE_HELD, ARCHIVE.INVALID_STATE, ARCHIVE.LEDGER_CONTENDED, CASSANDRA.*
   */
  static async take(
    ledger: ArchivalLedger,
    batchWeek: BatchWeek,
    options: Options,
    begin: (stored: ArchivalRecord | undefined, lease: LeaseRequest) => ArchivalRecord,
  ): Promise<WeekLease> {
    const { owner, leaseMs } = options;
    const taken = await applyTransition(ledger, batchWeek, (stored) =>
      begin(stored, { owner, leaseMs, nowMs: options.nowMs() }),
    );
    return new WeekLease(ledger, batchWeek, options, taken);
  }

  /** Records a key before its upload. @throws ARCHIVE.LEASE_LOST, CASSANDRA.* */
  async recordObject(key: string): Promise<void> {
    await this.change((record, holder) => recordObject(record, key, holder));
  }

  /** Asks the ledger, for what nobody may do without the lease. @throws ARCHIVE.LEASE_LOST, CASSANDRA.* */
  async assertHeld(): Promise<void> {
    const { leaseMs } = this.options;
    await this.change((record, holder) => renewLease(record, { ...holder, leaseMs }));
  }

  /** Ends the work: the transition gives the lease back. @throws ARCHIVE.LEASE_LOST, CASSANDRA.* */
  async end(mark: (record: ArchivalRecord, holder: LeaseHolder) => ArchivalRecord): Promise<ArchivalRecord> {
    this.stopRenewing();
    return this.change(mark);
  }

  /** For when nothing is to be marked any more: the lease runs out by itself. */
  stopRenewing(): void {
    clearInterval(this.timer);
  }

  private async change(mark: (record: ArchivalRecord, holder: LeaseHolder) => ArchivalRecord): Promise<ArchivalRecord> {
    const { owner, nowMs } = this.options;
    return applyTransition(this.ledger, this.batchWeek, (stored) => {
      if (!stored) throw this.lostError();
      return mark(stored, { owner, nowMs: nowMs() });
    });
  }

  /** A ledger that fails now and then does no harm: there are more tries before the lease runs out. */
  private async renew(): Promise<void> {
    const { leaseMs, nowMs } = this.options;
    try {
      const renewed = await this.change((record, holder) => renewLease(record, { ...holder, leaseMs }));
      this.expiresOnMs = renewed.leaseExpiresOnMs ?? 0;
    } catch (error) {
      if (isLeaseLost(error)) this.lost.abort(error);
      else if (nowMs() >= this.expiresOnMs) this.lost.abort(this.lostError());
    }
    if (this.signal.aborted) this.stopRenewing();
  }

  private lostError(): AppError {
    return new AppError(archiveErrorCodes.leaseLost, 'the lease of the week ran out before it could be renewed');
  }
}
