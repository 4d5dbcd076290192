import { type BackOff } from '../batch/back-off';
import { type MicroBatchLimits } from '../batch/micro-batches';

/** How a consumer reads, retries and stops. Times in ms. */
export interface ConsumerOptions {
  readonly microBatch: MicroBatchLimits;
  /** Between tries of records that could not be handled. */
  readonly retryBackOff: BackOff;
  /** Between starts of a consumer that crashed. */
  readonly restartBackOff: BackOff;
  /** How many partitions are worked on at once. */
  readonly concurrency: number;
  /** Bytes as they travel (compressed), of one partition and in all: together with `concurrency` they bound the memory. */
  readonly maxBytesPerPartition: number;
  readonly maxBytesPerFetch: number;
  /** How long a fetch waits for records; also how long closing takes at least. */
  readonly maxWaitMs: number;
  readonly sessionTimeoutMs: number;
  /** How long a member may take to finish what it works on when partitions are assigned anew. */
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** How long `close()` waits for handlers. */
  readonly drainTimeoutMs: number;
}

const mebibyte = 1024 * 1024;

export const defaultConsumerOptions: ConsumerOptions = {
  microBatch: { maxRecords: 100, maxBytes: 8 * mebibyte },
  retryBackOff: { startMs: 500, capMs: 10_000 },
  restartBackOff: { startMs: 1_000, capMs: 10_000 },
  concurrency: 4,
  maxBytesPerPartition: 4 * mebibyte,
  maxBytesPerFetch: 16 * mebibyte,
  maxWaitMs: 500,
  sessionTimeoutMs: 30_000,
  rebalanceTimeoutMs: 60_000,
  heartbeatIntervalMs: 3_000,
  drainTimeoutMs: 20_000,
};
