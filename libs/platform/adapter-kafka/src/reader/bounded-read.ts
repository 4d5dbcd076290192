import { type Consumer, type EachBatchPayload } from 'kafkajs';
import { type ReadRequest, type StoredRecord } from '@scorekeep/platform/domain-messaging';
import { toConsumedRecord } from '../batch/consumed-record.mapper';
import { type KafkaClient } from '../client/kafka.client';
import { type KafkaTopics } from '../client/kafka-topics';
import { defaultConsumerOptions } from '../consumer/consumer-options';
import { kafkaError } from '../kafka.errors';

/** How often to ask how far other members of the group are. */
const ASK_OTHERS_EVERY_MS = 1_000;
const RECORDS_AT_ONCE = 500;

/** One reading of a topic, to its ends. */
export class BoundedRead {
  /** Ends that are not reached yet, by partition. */
  private open = new Map<number, bigint>();
  private readonly finished: Promise<void>;
  private finish: () => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;

  constructor(
    private readonly client: KafkaClient,
    private readonly topics: KafkaTopics,
    private readonly request: ReadRequest,
    private readonly handle: (records: readonly StoredRecord[]) => Promise<void>,
  ) {
    this.finished = new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
    // It may fail before `run` awaits it.
    this.finished.catch(() => undefined);
  }

  async run(open: ReadonlyMap<number, bigint>): Promise<void> {
    const { groupId, topic, signal } = this.request;
    this.open = new Map(open);
    const consumer = this.client.consumer({ groupId, ...defaultConsumerOptions });
    const onAbort = (): void => this.fail(signal.reason);
    signal.addEventListener('abort', onAbort);
    const others = setInterval(() => void this.askOthers(), ASK_OTHERS_EVERY_MS);
    try {
      signal.throwIfAborted();
      this.watch(consumer);
      await this.start(consumer);
      await this.finished;
    } catch (thrown) {
      if (thrown === signal.reason) throw thrown;
      throw kafkaError(thrown, `reading ${topic}`, this.client.brokers);
    } finally {
      clearInterval(others);
      signal.removeEventListener('abort', onAbort);
      await consumer.disconnect();
    }
  }

  private async start(consumer: Consumer): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [this.request.topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.onBatch(consumer, payload),
    });
  }

  private watch(consumer: Consumer): void {
    consumer.on(consumer.events.CRASH, ({ payload }) => this.fail(payload.error));
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      // Markers of transactions and gaps are stepped over without a batch.
      if (payload.batchSize === 0) this.reach(payload.partition, BigInt(payload.lastOffset) + 1n);
    });
  }

  /** Never rejects for what `handle` throws: kafkajs would hand the batch over again, several times. */
  private async onBatch(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const end = this.request.ends.get(partition) ?? 0n;
    const records = messages
      .filter(({ offset }) => BigInt(offset) < end)
      .map((message) => toConsumedRecord(topic, partition, message, true));
    try {
      for (let start = 0; start < records.length; start += RECORDS_AT_ONCE) {
        if (this.request.signal.aborted || payload.isStale() || !payload.isRunning()) return;
        await this.handlePart(payload, records.slice(start, start + RECORDS_AT_ONCE));
      }
    } catch (error) {
      this.fail(error);
      return;
    }
    this.reach(partition, BigInt(payload.batch.lastOffset()) + 1n);
    if (!this.open.has(partition)) consumer.pause([{ topic, partitions: [partition] }]);
  }

  private async handlePart(payload: EachBatchPayload, records: readonly StoredRecord[]): Promise<void> {
    const { topic, partition } = payload.batch;
    await this.handle(records);
    const last = records.at(-1)?.offset ?? '-1';
    payload.resolveOffset(last);
    if (this.request.commits) {
      const offset = String(BigInt(last) + 1n);
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    }
    await payload.heartbeat();
  }

  private reach(partition: number, next: bigint): void {
    const end = this.open.get(partition);
    if (end !== undefined && next >= end) this.open.delete(partition);
    if (this.open.size === 0) this.finish();
  }

  /** Partitions that another member of the group reads are done when it has committed their end. */
  private async askOthers(): Promise<void> {
    const { groupId, topic, commits } = this.request;
    if (!commits) return;
    try {
      for (const [partition, next] of await this.topics.committed(groupId, topic)) {
        if (next <= (this.request.ends.get(partition) ?? 0n)) this.reach(partition, next);
      }
    } catch (error) {
      this.fail(error);
    }
  }
}
