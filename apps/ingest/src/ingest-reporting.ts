import { type BatchReport, type ConsumerStatus } from '@scorekeep/platform/adapter-kafka';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type IngestMetrics } from './ingest-metrics';
import { LagWatch, type PartitionLags, type TopicOffsets } from './lag-watch';
import { ProgressLog } from './progress-log';

const LAG_EVERY_MS = 10_000;

export interface IngestReportingParts {
  readonly logger: Logger;
  readonly metrics: IngestMetrics;
  readonly offsets: TopicOffsets;
  readonly topic: string;
  readonly groupId: string;
  readonly consumerStatus: () => ConsumerStatus | undefined;
}

/** What the consumer does, as metrics and log lines. */
export class IngestReporting {
  private readonly progress: ProgressLog;
  private readonly lagWatch: LagWatch;
  private lagIsKnown = false;

  constructor(private readonly parts: IngestReportingParts) {
    const { logger, metrics, offsets, topic, groupId, consumerStatus } = parts;
    metrics.observeConsumer(consumerStatus);
    const waiting = (): number => consumerStatus()?.retryingPartitions ?? 0;
    this.progress = new ProgressLog(logger, waiting, () => performance.now());
    this.lagWatch = new LagWatch({
      ...{ offsets, topic, groupId, logger },
      assigned: () => (consumerStatus()?.assigned ?? []).map(({ partition }) => partition),
      onLag: (lags) => this.onLag(lags),
    });
  }

  /** @param logEveryMs 0: never a line */
  start(logEveryMs: number): void {
    this.lagWatch.start(LAG_EVERY_MS);
    this.progress.start(logEveryMs);
  }

  /** Asks no more, and writes the last line. */
  stop(): void {
    this.lagWatch.stop();
    this.progress.stop();
  }

  onBatch(report: BatchReport): void {
    this.parts.metrics.onBatch(report);
    this.progress.onBatch(report);
    this.parts.logger.debug('micro-batch finished', { ...report });
    if (!this.lagIsKnown) void this.lagWatch.refresh();
  }

  private onLag(lags: PartitionLags): void {
    this.lagIsKnown ||= lags.size > 0;
    this.parts.metrics.onLag(lags);
    this.progress.onLag(lags);
  }
}
