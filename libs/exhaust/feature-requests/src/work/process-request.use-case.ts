import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  claimRequest,
  failRun,
  type ReportRequest,
  type RequestKey,
  RequestLedger,
  returnRun,
  succeedRun,
} from '@scorekeep/core/domain-exhaust';
import { isSaved, untilSettled } from '../open/change-record';
import { OpenPlaces } from '../open/open-places';
import { RequestMonitor } from '../request-monitor.port';
import { WorkOptions } from '../request-options';
import { failureOf } from './failure-words';
import { ProduceFiles } from './produce-files.use-case';
import { isLeaseLost, RunLease } from './run-lease';

/** Works on one request, if nobody else does: claims it, makes its files, says how it ended. */
@Injectable()
export class ProcessRequest {
  constructor(
    private readonly ledger: RequestLedger,
    private readonly places: OpenPlaces,
    private readonly produceFiles: ProduceFiles,
    private readonly monitor: RequestMonitor,
    private readonly options: WorkOptions,
  ) {}

  /**
   * May be called any number of times for a request, by any number of workers: each submission succeeds once.
   *
   * @param stopping aborted: the run is given back, somebody else begins anew
   * @throws CASSANDRA.*, EXHAUST.CONTENDED: nothing is lost then, the request stays open
   */
  async execute(key: RequestKey, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return;
    const claimed = await this.claim(key);
    if (claimed === undefined) return;
    if (claimed.state === 'PROCESSING') await this.run(claimed, stopping);
    else await this.close(claimed);
  }

  private async claim(key: RequestKey): Promise<ReportRequest | undefined> {
    const { worker, nowMs, leaseMs, limits } = this.options;
    const owner = `${worker} ${randomUUID()}`;
    const { claimed } = await untilSettled(key, async () => {
      const stored = await this.ledger.find(key);
      if (!stored) return {};
      const outcome = claimRequest(stored, { owner, nowMs: nowMs(), leaseMs }, limits);
      if (outcome.kind === 'not yours') return {};
      return (await isSaved(this.ledger, outcome.request, stored.version)) ? { claimed: outcome.request } : undefined;
    });
    return claimed;
  }

  private async run(request: ReportRequest, stopping: AbortSignal): Promise<void> {
    const lease = new RunLease(this.ledger, request, this.options);
    this.monitor.begun(request);
    const signal = AbortSignal.any([lease.signal, stopping]);
    try {
      const advanced = (progress: RunLease['progress']): void => void (lease.progress = progress);
      const files = await this.produceFiles.execute(request, { signal, advanced });
      await this.close(await lease.end((record, holder) => succeedRun(record, holder, files)));
    } catch (error) {
      await this.fail(request, lease, stopping.aborted ? undefined : error);
    }
  }

  /** @param error undefined: the worker stops */
  private async fail(request: ReportRequest, lease: RunLease, error: unknown): Promise<void> {
    if (isLeaseLost(error)) return this.monitor.lost(request, error);
    try {
      const record = await lease.end((stored, holder) =>
        error === undefined
          ? returnRun(stored, holder)
          : failRun(stored, holder, failureOf(error), this.options.limits),
      );
      await this.close(record, error);
    } catch (unmarked) {
      // Its lease runs out by itself, and somebody takes it over.
      this.monitor.lost(request, unmarked);
    }
  }

  private async close(record: ReportRequest, error?: unknown): Promise<void> {
    this.monitor.ended(record, error);
    if (record.state === 'SUBMITTED') return;
    // A place that is not given back now is given back by whoever looks through them next.
    await this.places.giveBack(record).catch(() => undefined);
  }
}
