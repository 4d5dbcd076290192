import { type PartitionOffsets } from '@scorekeep/platform/adapter-kafka';
import { type Logger } from '@scorekeep/platform/util-logging';

/** Records that are not committed yet, by partition. */
export type PartitionLags = ReadonlyMap<number, number>;

/** What the brokers know of a topic: of `KafkaTopics`. */
export interface TopicOffsets {
  highWatermarks(topic: string): Promise<PartitionOffsets>;
  lowWatermarks(topic: string): Promise<PartitionOffsets>;
  committed(groupId: string, topic: string): Promise<PartitionOffsets>;
}

export interface LagWatchParts {
  readonly offsets: TopicOffsets;
  readonly topic: string;
  readonly groupId: string;
  /** The partitions to tell of. */
  readonly assigned: () => readonly number[];
  readonly onLag: (lags: PartitionLags) => void;
  readonly logger: Logger;
}

/** Asks the brokers how much is left, also while nothing moves: what batches say of it stands still then. */
export class LagWatch {
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | undefined;

  constructor(private readonly parts: LagWatchParts) {}

  start(everyMs: number): void {
    this.timer = setInterval(() => void this.refresh(), everyMs);
  }

  /** Asks no more. A question that is under way is not waited for: brokers that hang must not hold up the end. */
  stop(): void {
    clearInterval(this.timer);
  }

  /** Asks once; while an earlier question is under way, joins it. A failure leaves the last answer standing. */
  async refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    await this.asking;
  }

  private async ask(): Promise<void> {
    const { offsets, topic, groupId, assigned, onLag, logger } = this.parts;
    try {
      const [high, low, committed] = await Promise.all([
        offsets.highWatermarks(topic),
        offsets.lowWatermarks(topic),
        offsets.committed(groupId, topic),
      ]);
      const own = new Set(assigned());
      onLag(new Map([...lagsOf(high, low, committed)].filter(([partition]) => own.has(partition))));
    } catch (error) {
      logger.debug('the lag could not be asked for', { topic, error });
    }
  }
}

/** Offsets left per partition; what retention has removed is not left. */
export function lagsOf(high: PartitionOffsets, low: PartitionOffsets, committed: PartitionOffsets): PartitionLags {
  return new Map(
    [...high].map(([partition, end]) => {
      const oldest = low.get(partition) ?? 0n;
      const next = committed.get(partition) ?? oldest;
      const left = end - (next > oldest ? next : oldest);
      return [partition, left > 0n ? Number(left) : 0] as const;
    }),
  );
}
