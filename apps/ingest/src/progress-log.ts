import { type BatchReport, type OutcomeCounts } from '@scorekeep/platform/adapter-kafka';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type PartitionLags } from './lag-watch';

const NOTHING: OutcomeCounts = { done: 0, skipped: 0, retried: 0, deadLettered: 0 };

/** One INFO line per interval: what was ingested in it, how fast, and what is left. No ids. */
export class ProgressLog {
  private counts = NOTHING;
  private lag: number | undefined;
  private sinceMs: number;
  private timer: NodeJS.Timeout | undefined;

  /** @param nowMs a clock that never goes back, ms */
  constructor(
    private readonly logger: Logger,
    private readonly waitingPartitions: () => number,
    private readonly nowMs: () => number,
  ) {
    this.sinceMs = nowMs();
  }

  /** @param everyMs 0: never */
  start(everyMs: number): void {
    this.sinceMs = this.nowMs();
    if (everyMs > 0) this.timer = setInterval(() => this.write(), everyMs);
  }

  /** Writes what has come since the last line. */
  stop(): void {
    if (this.timer) this.write();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  onBatch({ outcomes }: BatchReport): void {
    const { done, skipped, retried, deadLettered } = this.counts;
    this.counts = {
      done: done + outcomes.done,
      skipped: skipped + outcomes.skipped,
      retried: retried + outcomes.retried,
      deadLettered: deadLettered + outcomes.deadLettered,
    };
  }

  onLag(lags: PartitionLags): void {
    this.lag = [...lags.values()].reduce((sum, records) => sum + records, 0);
  }

  private write(): void {
    const nowMs = this.nowMs();
    const seconds = (nowMs - this.sinceMs) / 1000;
    const { done, skipped, deadLettered } = this.counts;
    const perSecond = (done + skipped + deadLettered) / seconds;
    this.logger.info('ingested', {
      ...this.counts,
      seconds: rounded(seconds),
      perSecond: rounded(perSecond),
      lag: this.lag,
      waitingPartitions: this.waitingPartitions(),
    });
    this.counts = NOTHING;
    this.sinceMs = nowMs;
  }
}

/** To one decimal; 0 for a rate over no time. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : 0;
}
