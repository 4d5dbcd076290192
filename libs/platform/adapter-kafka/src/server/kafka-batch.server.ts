import { setTimeout as delay } from 'node:timers/promises';
import { BaseRpcContext, type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { type ConsumedRecord, type MessagePublisher, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';
import { type BatchReport, BatchRunner } from '../batch/batch-runner';
import { KafkaTopics, type PartitionOffsets } from '../client/kafka-topics';
import { type KafkaClient } from '../client/kafka.client';
import { isCaughtUp } from '../consumer/caught-up';
import { type ConsumerOptions, defaultConsumerOptions } from '../consumer/consumer-options';
import { ConsumerPositions } from '../consumer/consumer-positions';
import { type ConsumerStatus, GroupConsumer } from '../consumer/group-consumer';
import { alreadyClosed, badHandler } from '../kafka.errors';
import { callHandler } from './handler-call';

/** For handlers that belong to this transport only: `@EventPattern('telemetry.assess', kafkaBatchTransport)`. */
export const kafkaBatchTransport = Symbol('KAFKA_BATCH');

export interface KafkaBatchServerOptions {
  readonly client: KafkaClient;
  /** Sends dead letters. */
  readonly publisher: MessagePublisher;
  /** The topic of a handler is `<topicPrefix>.<pattern>`. */
  readonly topicPrefix: string;
  /** Used exactly as it is; see `groupIdOf`. */
  readonly groupId: string;
  /** Called once when the consumer cannot go on: end the process with a code that is not 0. */
  readonly onDead: (error: AppError) => void;
  /** Called after each finished micro-batch; must not throw. */
  readonly onBatch?: (report: BatchReport) => void;
  readonly consumer?: Partial<ConsumerOptions>;
}

const caughtUpPollMs = 250;

/**
 * A Nest transport that gives handlers micro-batches of one partition.
 *
 * A handler registered with `@EventPattern('telemetry.assess')` gets `readonly ConsumedRecord[]` as its payload and
 * returns `readonly RecordOutcome[]` in the same order. If it throws, all its records are handled again.
 *
 * Nest runs `onModuleDestroy` before it closes transports: what handlers use must be closed in `onApplicationShutdown`.
 */
export class KafkaBatchServer extends Server implements CustomTransportStrategy {
  override readonly transportId = kafkaBatchTransport;
  private readonly positions = new ConsumerPositions();
  private readonly topics: KafkaTopics;
  private consumer: GroupConsumer | undefined;

  constructor(private readonly options: KafkaBatchServerOptions) {
    super();
    this.topics = new KafkaTopics(options.client);
  }

  /** @throws KAFKA.BAD_HANDLER when the pattern has a handler already, or the handler wants to answer the sender */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const name = String(pattern);
    if (!isEventHandler) throw badHandler(name, 'must be an @EventPattern: there is nobody to answer to');
    if (this.messageHandlers.has(name)) throw badHandler(name, 'is the second: one topic has one handler');
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  /** Returns at once; a consumer that cannot connect yet keeps trying, so that health can be asked meanwhile. */
  listen(callback: (...optionalParams: unknown[]) => unknown): void {
    if (this.messageHandlers.size === 0) {
      callback(badHandler('any topic', 'is missing'));
      return;
    }
    this.consumer = this.makeConsumer();
    this.consumer.start();
    callback();
  }

  /** See `GroupConsumer.close`. */
  async close(): Promise<void> {
    await this.consumer?.close();
    await this.topics.close();
  }

  /** The state of the consumer; undefined before `listen`. */
  consumerStatus(): ConsumerStatus | undefined {
    return this.consumer?.status();
  }

  /**
   * Resolves when the group has committed everything before the given offsets of the topic.
   *
   * @param topic full name
   * @param target what `KafkaTopics.highWatermarks` gave when the work began
   * @throws KAFKA.CONSUMER_DEAD, KAFKA.CLOSED when that cannot happen any more; KAFKA.* of the question itself unless a
   *   retry can help
   */
  async untilCaughtUp(topic: string, target: PartitionOffsets): Promise<void> {
    while (!(await this.hasCaughtUp(topic, target))) {
      const status = this.consumer?.status();
      if (status?.dead !== undefined) throw status.dead;
      if (status === undefined || status.stopped) throw alreadyClosed('consumer');
      await delay(caughtUpPollMs);
    }
  }

  /** Not supported: see `consumerStatus` and `onDead`. */
  on(event: string): never {
    throw new Error(`KafkaBatchServer has no event ${event}`);
  }

  unwrap<T>(): T {
    return this.options.client as T;
  }

  private async hasCaughtUp(topic: string, target: PartitionOffsets): Promise<boolean> {
    try {
      return await isCaughtUp(this.topics, this.options.groupId, topic, target);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || !thrown.retryable) throw thrown;
      this.options.client.log('warn', 'cannot tell yet whether the group has caught up', { error: thrown });
      return false;
    }
  }

  private makeConsumer(): GroupConsumer {
    const { client, publisher, topicPrefix, groupId, onDead, onBatch = () => undefined } = this.options;
    const options = { ...defaultConsumerOptions, ...this.options.consumer };
    const { microBatch, retryBackOff: backOff, heartbeatIntervalMs: heartbeatEveryMs } = options;
    const handlers = new Map([...this.messageHandlers].map(([pattern, each]) => [`${topicPrefix}.${pattern}`, each]));
    const handler = (records: readonly ConsumedRecord[]): Promise<readonly RecordOutcome[]> =>
      handleByTopic(handlers, records);
    const { positions } = this;
    const runner = new BatchRunner(
      { microBatch, backOff, heartbeatEveryMs },
      { handler, publisher, positions, onBatch, log: client.log },
    );
    return new GroupConsumer({
      ...{ client, groupId, options, runner, positions, onDead },
      topics: [...handlers.keys()],
    });
  }
}

async function handleByTopic(
  handlers: ReadonlyMap<string, MessageHandler>,
  records: readonly ConsumedRecord[],
): Promise<readonly RecordOutcome[]> {
  const { topic = '', partition = 0 } = records[0] ?? {};
  const handler = handlers.get(topic);
  if (handler === undefined) throw badHandler(topic, 'is missing');
  return callHandler(handler, records, new BaseRpcContext([topic, partition]));
}
