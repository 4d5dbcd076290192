import {
  continueRun,
  exhaustErrorCodes,
  type ReportRequest,
  type RequestLedger,
  type RunHolder,
  type RunProgress,
} from '@scorekeep/core/domain-exhaust';
import { AppError } from '@scorekeep/platform/util-errors';
import { changeRequest } from '../open/change-record';
import { type WorkOptions } from '../request-options';

const RENEWALS_PER_LEASE = 4;
/** Progress is shown at least as often. */
const SHOWN_EVERY_MS = 2_000;

/**
 * The right to work on a request, renewed in the background, each time with how far the run is. `signal` is aborted with
 * EXHAUST.LEASE_LOST once somebody else may have it.
 */
export class RunLease {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private renewing: Promise<void> | undefined;
  private expiresOnMs: number;
  /** What the next renewal shows. */
  progress: RunProgress = { percent: 0, rows: 0 };
  readonly signal = this.lost.signal;

  /** @param request as claimed */
  constructor(
    private readonly ledger: RequestLedger,
    private readonly request: ReportRequest,
    private readonly options: Pick<WorkOptions, 'leaseMs' | 'nowMs'>,
  ) {
    this.expiresOnMs = request.leaseExpiresOnMs ?? 0;
    const everyMs = Math.min(options.leaseMs / RENEWALS_PER_LEASE, SHOWN_EVERY_MS);
    this.timer = setInterval(() => void (this.renewing ??= this.renew()), everyMs);
  }

  /** Ends the work with what `mark` makes of the record. @throws EXHAUST.LEASE_LOST, CASSANDRA.* */
  async end(mark: (record: ReportRequest, holder: RunHolder) => ReportRequest): Promise<ReportRequest> {
    clearInterval(this.timer);
    await this.renewing;
    return changeRequest(this.ledger, this.request, (stored) => mark(stored, this.holder()));
  }

  private holder(): RunHolder {
    return { owner: this.request.owner ?? '', nowMs: this.options.nowMs() };
  }

  /** A ledger that fails now and then does no harm: there are more tries before the lease runs out. */
  private async renew(): Promise<void> {
    const { leaseMs, nowMs } = this.options;
    try {
      const renewed = await changeRequest(this.ledger, this.request, (stored) =>
        continueRun(stored, { ...this.holder(), leaseMs }, this.progress),
      );
      this.expiresOnMs = renewed.leaseExpiresOnMs ?? 0;
    } catch (error) {
      if (isLeaseLost(error)) this.lost.abort(error);
      else if (nowMs() >= this.expiresOnMs) this.lost.abort(this.ranOut());
    } finally {
      this.renewing = undefined;
    }
    if (this.signal.aborted) clearInterval(this.timer);
  }

  private ranOut(): AppError {
    const { tag, requestId } = this.request;
    const words = 'the lease of the request ran out before it could be renewed';
    return new AppError(exhaustErrorCodes.leaseLost, words, { context: { tag, requestId } });
  }
}

export function isLeaseLost(error: unknown): boolean {
  return error instanceof AppError && error.code === exhaustErrorCodes.leaseLost;
}
