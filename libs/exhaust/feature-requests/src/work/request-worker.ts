import { Injectable } from '@nestjs/common';
import { isClaimable, type RequestKey } from '@scorekeep/core/domain-exhaust';
import { OpenPlaces } from '../open/open-places';
import { RequestMonitor } from '../request-monitor.port';
import { WorkOptions } from '../request-options';
import { ProcessRequest } from './process-request.use-case';

/**
 * Works on a few requests at once. It is told of new ones, and looks now and then for those that nobody works on: that
 * came when all were busy, wait for their next try, or whose worker is gone.
 */
@Injectable()
export class RequestWorker {
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private hasTurnedAway = false;

  constructor(
    private readonly process: ProcessRequest,
    private readonly places: OpenPlaces,
    private readonly monitor: RequestMonitor,
    private readonly options: WorkOptions,
  ) {}

  get busy(): number {
    return this.running.size;
  }

  start(): void {
    this.timer = setInterval(() => this.look(), this.options.sweepIntervalMs);
  }

  /** Begins to work on a request, unless this worker is busy, or has it already. */
  offer(key: RequestKey): void {
    const name = JSON.stringify([key.tag, key.requestId]);
    if (this.stopping.signal.aborted || this.running.has(name)) return;
    if (this.running.size >= this.options.concurrency) {
      this.hasTurnedAway = true;
      return;
    }
    const work = this.process
      .execute(key, this.stopping.signal)
      .catch((error: unknown) => this.monitor.lost(key, error))
      .then(() => {
        this.running.delete(name);
        if (this.hasTurnedAway) this.look();
      });
    this.running.set(name, work);
  }

  /** Begins nothing more; what was begun is given back. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort(new Error('the worker stops'));
    await Promise.all([this.sweeping, ...this.running.values()]);
  }

  private look(): void {
    if (this.stopping.signal.aborted || this.running.size >= this.options.concurrency) return;
    this.sweeping ??= this.sweep()
      .catch((error: unknown) => this.monitor.sweepFailed(error))
      .then(() => (this.sweeping = undefined));
  }

  private async sweep(): Promise<void> {
    this.hasTurnedAway = false;
    const nowMs = this.options.nowMs();
    for await (const request of this.places.all(nowMs)) {
      if (isClaimable(request, nowMs)) this.offer(request);
    }
  }
}
