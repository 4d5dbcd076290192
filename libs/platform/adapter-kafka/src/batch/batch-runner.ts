import {
  type ConsumedRecord,
  type MessagePublisher,
  type RecordBatchHandler,
  type RecordOutcome,
} from '@scorekeep/platform/domain-messaging';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { type KafkaLog } from '../client/kafka-log';
import { type ConsumerPositions } from '../consumer/consumer-positions';
import { type BackOff, backOffMs } from './back-off';
import { type BatchPayload } from './batch-payload';
import { BegunRecords } from './begun-records';
import { toConsumedRecord } from './consumed-record.mapper';
import { interruptibleDelay } from './interruptible-delay';
import { MicroBatchProgress, type OutcomeCounts } from './micro-batch-progress';
import { type MicroBatchLimits, microBatches } from './micro-batches';
import { PartitionHold } from './partition-hold';

export interface BatchRunnerOptions {
  readonly microBatch: MicroBatchLimits;
  readonly backOff: BackOff;
  /** How often to offer a heartbeat while a handler works or the runner waits; well below the session time-out. */
  readonly heartbeatEveryMs: number;
}

/** One finished micro-batch, for logs and metrics. */
export interface BatchReport {
  readonly topic: string;
  readonly partition: number;
  readonly firstOffset: string;
  readonly lastOffset: string;
  readonly records: number;
  readonly outcomes: OutcomeCounts;
  /** From the first call of the handler to the commit, retries and waiting included. */
  readonly durationMs: number;
  /** Records of the partition that are left to be read, as of the fetch. */
  readonly lag: number;
}

export interface BatchRunnerParts {
  readonly handler: RecordBatchHandler;
  readonly publisher: MessagePublisher;
  readonly positions: ConsumerPositions;
  readonly log: KafkaLog;
  readonly onBatch: (report: BatchReport) => void;
  /** Waits; ends early when the signal is aborted. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

interface MicroBatch {
  readonly hold: PartitionHold;
  readonly payload: BatchPayload;
  readonly records: readonly ConsumedRecord[];
  readonly progress: MicroBatchProgress;
  /** Offset after the last record; of the last micro-batch, after all that was fetched, markers and gaps included. */
  readonly end: bigint;
}

/**
 * Works on what kafkajs fetched, and is the only one that commits, retries and dead-letters.
 *
 * A micro-batch is finished when every record is done, skipped, or its dead letter is acknowledged. Until then it is
 * handled again, without the records that are finished, for as long as the consumer has the partition. What is committed
 * is the offset before which everything is finished, after each round. When the partition is lost or the runner stops,
 * the rest is left to whoever reads the partition next.
 */
export class BatchRunner {
  private readonly stopping = new AbortController();
  private readonly begun: BegunRecords;
  private assignment = 0;
  private retrying = 0;

  constructor(
    private readonly options: BatchRunnerOptions,
    private readonly parts: BatchRunnerParts,
  ) {
    // an owner has one micro-batch at a time; twice that, for one of another version with another limit
    this.begun = new BegunRecords(2 * options.microBatch.maxRecords);
  }

  /** Partitions whose records wait to be handled again. */
  get retryingPartitions(): number {
    return this.retrying;
  }

  /** Begins nothing more, and ends waiting for a next try. What a handler has begun is finished and committed. */
  stop(): void {
    this.stopping.abort();
  }

  /** Partitions were assigned anew, or were given up: batches fetched before are not committed any more. */
  reassigned(): void {
    this.assignment += 1;
    this.begun.reassigned();
    this.parts.positions.forget();
  }

  /** kafkajs's `eachBatch`. Rejects only with kafkajs's own errors, which tell it to rejoin or reconnect. */
  async run(payload: BatchPayload): Promise<void> {
    const hold = this.holdOf(payload);
    const { topic, partition, messages } = payload.batch;
    const records = messages.map((message) =>
      toConsumedRecord(topic, partition, message, this.begun.mayHaveBegun(topic, partition, message.offset)),
    );
    let left = records.length;
    for (const part of microBatches(records, this.options.microBatch)) {
      left -= part.length;
      await hold.beat();
      if (!hold.mayBegin()) break;
      const end = offsetAfter(left === 0 ? payload.batch.lastOffset() : part.at(-1)?.offset);
      await this.runMicroBatch({ hold, payload, records: part, progress: new MicroBatchProgress(part), end });
    }
    hold.rethrowLoss();
  }

  private async runMicroBatch(batch: MicroBatch): Promise<void> {
    const startedAt = performance.now();
    for (let attempt = 1, committed = 0; ; attempt += 1) {
      await this.handleOpen(batch, attempt);
      if (batch.hold.mayFinish()) await this.publishDeadLetters(batch);
      if (batch.progress.finishedCount() > committed) await this.commitFinished(batch);
      if (batch.progress.isFinished()) break;
      committed = batch.progress.finishedCount();
      if (!batch.hold.mayBegin()) return;
      await this.waitBeforeNext(batch, attempt);
      if (!batch.hold.mayBegin()) return;
    }
    if (batch.hold.isCurrent()) this.report(batch, performance.now() - startedAt);
  }

  private async handleOpen({ hold, progress, records }: MicroBatch, attempt: number): Promise<void> {
    const open = attempt === 1 ? progress.open() : progress.open().map((record) => ({ ...record, mayHaveBegun: true }));
    if (open.length > 0) progress.settle(await hold.during(this.handle(open, placeOf(records))));
  }

  /** Whatever a handler throws, no record is at fault: all of them are handled again. */
  private async handle(
    open: readonly ConsumedRecord[],
    place: Record<string, unknown>,
  ): Promise<readonly RecordOutcome[]> {
    try {
      const outcomes = await this.parts.handler(open);
      if (outcomes.length === open.length) return outcomes;
      throw new Error(`the handler gave ${outcomes.length} outcomes for ${open.length} records`);
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
      this.parts.log('error', 'a handler failed; its records will be handled again', { ...place, error: cause });
      return open.map(() => ({ kind: 'retry', cause }));
    }
  }

  private async publishDeadLetters({ hold, progress, records }: MicroBatch): Promise<void> {
    for (const { topic, messages } of progress.deadLetters()) {
      try {
        await hold.during(this.parts.publisher.publish(topic, messages));
        progress.deadLettersAcknowledged(topic);
      } catch (error) {
        const level = error instanceof AppError && error.retryable ? 'warn' : 'error';
        const fields = { ...placeOf(records), deadLetterTopic: topic, deadLetters: messages.length, error };
        this.parts.log(level, 'dead letters could not be published; the partition waits for them', fields);
      }
    }
  }

  /**
   * The position moves first and the commit follows: when the commit fails, kafkajs goes on from the position and the
   * next commit covers both, so nothing is handled twice.
   */
  private async commitFinished({ hold, payload, records, progress, end }: MicroBatch): Promise<void> {
    const last = records[progress.finishedCount() - 1];
    if (last === undefined || !hold.isCurrent()) return;
    const next = progress.isFinished() ? end : offsetAfter(last.offset);
    const { topic, partition } = payload.batch;
    payload.resolveOffset(last.offset);
    this.parts.positions.reach(topic, partition, next);
    const partitions = [{ partition, offset: next.toString() }];
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
    this.parts.positions.acknowledge(topic, partition, next);
  }

  private async waitBeforeNext({ hold, progress, records }: MicroBatch, attempt: number): Promise<void> {
    const waitMs = backOffMs(this.options.backOff, attempt);
    const open = progress.open().length;
    const fields = { ...placeOf(records), open, attempt, waitMs, error: progress.firstCause() };
    if (open > 0) this.parts.log('warn', 'the partition waits to handle records again', fields);
    this.retrying += 1;
    try {
      for (let left = waitMs; left > 0 && hold.mayBegin(); left -= this.options.heartbeatEveryMs) {
        await this.wait(Math.min(left, this.options.heartbeatEveryMs));
        await hold.beat();
      }
    } finally {
      this.retrying -= 1;
    }
  }

  private async wait(milliseconds: number): Promise<void> {
    await (this.parts.wait ?? interruptibleDelay)(milliseconds, this.stopping.signal);
  }

  private report({ payload, records, progress, end }: MicroBatch, durationMs: number): void {
    const { topic, partition, highWatermark } = payload.batch;
    const lag = Number(BigInt(highWatermark) - end);
    const { firstOffset = '', lastOffset = '' } = placeOf(records);
    const outcomes = progress.outcomes();
    const counted = { records: records.length, outcomes, durationMs, lag };
    this.parts.onBatch({ topic, partition, firstOffset, lastOffset, ...counted });
  }

  private holdOf(payload: BatchPayload): PartitionHold {
    const assignment = this.assignment;
    const state = {
      isStopping: () => this.stopping.signal.aborted,
      isCurrent: () => this.assignment === assignment,
    };
    return new PartitionHold(payload, state, this.options.heartbeatEveryMs);
  }
}

function placeOf(records: readonly ConsumedRecord[]) {
  const { topic, partition, offset: firstOffset } = records[0] ?? {};
  return { topic, partition, firstOffset, lastOffset: records.at(-1)?.offset };
}

function offsetAfter(offset = '-1'): bigint {
  return BigInt(offset) + 1n;
}
