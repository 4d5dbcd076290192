import { type Consumer, type EachBatchPayload } from 'kafkajs';
import { type AppError, messageOf } from '@scorekeep/platform/util-errors';
import { backOffMs } from '../batch/back-off';
import { type BatchRunner } from '../batch/batch-runner';
import { interruptibleDelay } from '../batch/interruptible-delay';
import { type KafkaClient } from '../client/kafka.client';
import { causesOf, consumerDead } from '../kafka.errors';
import { isFinal, isFromKafka } from './consumer-crash';
import { type ConsumerOptions } from './consumer-options';
import { type ConsumerPositions } from './consumer-positions';

/** What readiness and metrics need to know. */
export interface ConsumerStatus {
  /** Member of the group. A member without partitions is normal when there are more instances than partitions. */
  readonly joined: boolean;
  readonly assigned: readonly { readonly topic: string; readonly partition: number }[];
  /** When a fetch last came back, ms since epoch. Stands still while handlers work or wait. */
  readonly lastFetchAtMs: number | undefined;
  /** Partitions whose records wait to be handled again. */
  readonly retryingPartitions: number;
  /** `close()` was called. */
  readonly stopped: boolean;
  /** Ended by itself and does not come back. */
  readonly dead: AppError | undefined;
}

export interface GroupConsumerParts {
  readonly client: KafkaClient;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly options: ConsumerOptions;
  readonly runner: BatchRunner;
  readonly positions: ConsumerPositions;
  /** Called once, when the consumer cannot go on: the process must end. */
  readonly onDead: (error: AppError) => void;
}

/**
 * A member of a consumer group that stays one: after every crash that can pass, brokers that are away at the start
 * included, it makes a new consumer after a capped back-off.
 */
export class GroupConsumer {
  /** Aborted when it closes or dies. */
  private readonly ending = new AbortController();
  private readonly ended: Promise<undefined>;
  private supervision: Promise<void> = Promise.resolve();
  private joined = false;
  private assigned: ConsumerStatus['assigned'] = [];
  private lastFetchAtMs: number | undefined;
  private dead: AppError | undefined;
  private stopped = false;
  private committing = false;

  constructor(private readonly parts: GroupConsumerParts) {
    const { signal } = this.ending;
    this.ended = new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
  }

  start(): void {
    this.supervision = this.supervise().catch((thrown: unknown) => this.die(thrown));
  }

  status(): ConsumerStatus {
    const { joined, assigned, lastFetchAtMs, stopped, dead } = this;
    return { joined, assigned, lastFetchAtMs, stopped, dead, retryingPartitions: this.parts.runner.retryingPartitions };
  }

  /**
   * Stops fetching, lets handlers finish, commits and leaves the group. Resolves after `drainTimeoutMs` at the latest;
   * what handlers had not finished by then is not committed and will be read again. May be called again.
   */
  async close(): Promise<void> {
    this.stopped = true;
    this.end();
    const drained = new AbortController();
    const isDrained = await Promise.race([
      this.supervision.then(() => true),
      interruptibleDelay(this.parts.options.drainTimeoutMs, drained.signal).then(() => false),
    ]);
    drained.abort();
    if (!isDrained) this.giveUp();
  }

  private async supervise(): Promise<void> {
    const { client, groupId, options } = this.parts;
    for (let attempt = 1; !this.ending.signal.aborted; attempt += 1) {
      const error = await this.consume();
      if (!this.ending.signal.aborted && isFinal(error)) this.die(error);
      if (this.ending.signal.aborted) return;
      if (this.joined) attempt = 1;
      this.joined = false;
      const waitMs = backOffMs(options.restartBackOff, attempt);
      const reason = messageOf(causesOf(error).at(-1) ?? error);
      const message = `Kafka at ${client.brokers} (KAFKA_BROKERS): consumer stopped, starts again: ${reason}`;
      client.log('warn', message, { groupId, waitMs });
      await interruptibleDelay(waitMs, this.ending.signal);
    }
  }

  /** Consumes until the consumer crashes or is to be closed. Gives the reason of the crash. */
  private async consume(): Promise<unknown> {
    const consumer = this.parts.client.consumer({ groupId: this.parts.groupId, ...this.parts.options });
    try {
      const crash = this.watch(consumer);
      await this.run(consumer);
      return await Promise.race([crash, this.ended]);
    } catch (thrown) {
      return thrown;
    } finally {
      this.assigned = [];
      await this.disconnect(consumer);
    }
  }

  private async run(consumer: Consumer): Promise<void> {
    const { topics, options } = this.parts;
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    if (this.ending.signal.aborted) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.concurrency,
      eachBatch: (payload) => this.runBatch(payload),
    });
  }

  private async runBatch(payload: EachBatchPayload): Promise<void> {
    try {
      await this.parts.runner.run(payload);
    } catch (thrown) {
      if (!isFromKafka(thrown)) this.die(thrown);
      throw thrown;
    }
  }

  /** @returns the error of the crash; settles only when there is one */
  private watch(consumer: Consumer): Promise<unknown> {
    const { events } = consumer;
    consumer.on(events.GROUP_JOIN, ({ payload }) => this.onJoin(payload.memberAssignment));
    consumer.on(events.FETCH, () => this.onFetch(consumer));
    consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0) this.onNothingToHandle(payload);
    });
    return new Promise((resolve) => consumer.on(events.CRASH, ({ payload }) => resolve(payload.error)));
  }

  private onJoin(assignment: Readonly<Record<string, readonly number[]>>): void {
    const { runner, client, groupId } = this.parts;
    runner.reassigned();
    this.joined = true;
    this.assigned = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    client.log('info', 'partitions were assigned', { groupId, assignment });
  }

  private onFetch(consumer: Consumer): void {
    this.lastFetchAtMs = Date.now();
    void this.commitOutstanding(consumer);
  }

  /**
   * kafkajs steps over aborted transactions, markers and compacted records without calling `eachBatch`. That is progress
   * too: without it the offset of a partition that ends in them would stay behind for ever.
   */
  private onNothingToHandle({ topic, partition, lastOffset }: BatchEnd): void {
    this.parts.positions.reach(topic, partition, BigInt(lastOffset) + 1n);
  }

  /** Commits what no batch has committed: steps over nothing, and commits that failed. A failure is tried again. */
  private async commitOutstanding(consumer: Consumer): Promise<void> {
    const { positions, client, groupId } = this.parts;
    const outstanding = positions.outstanding();
    if (this.committing || outstanding.length === 0) return;
    this.committing = true;
    try {
      await consumer.commitOffsets([...outstanding]);
      outstanding.forEach((each) => positions.acknowledge(each.topic, each.partition, BigInt(each.offset)));
    } catch (error) {
      client.log('warn', 'offsets could not be committed', { groupId, error });
    } finally {
      this.committing = false;
    }
  }

  private die(cause: unknown): void {
    const { client, groupId, onDead } = this.parts;
    if (this.dead !== undefined) return;
    this.dead = consumerDead(groupId, client.brokers, cause);
    client.log('error', this.dead.message, { groupId, error: this.dead });
    this.end();
    onDead(this.dead);
  }

  private end(): void {
    this.parts.runner.stop();
    this.ending.abort();
  }

  /** A handler that ends later finds its batch given up: nothing of it is committed. */
  private giveUp(): void {
    const { runner, client, groupId, options } = this.parts;
    runner.reassigned();
    const fields = { groupId, drainTimeoutMs: options.drainTimeoutMs };
    client.log('warn', 'handlers did not finish in time; their records will be read again', fields);
  }

  private async disconnect(consumer: Consumer): Promise<void> {
    try {
      await consumer.disconnect();
    } catch (error) {
      this.parts.client.log('warn', 'the consumer could not disconnect', { groupId: this.parts.groupId, error });
    }
  }
}

interface BatchEnd {
  readonly topic: string;
  readonly partition: number;
  readonly lastOffset: string;
}
