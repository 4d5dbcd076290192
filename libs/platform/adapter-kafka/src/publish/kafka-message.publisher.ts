import { setTimeout as delay } from 'node:timers/promises';
import { CompressionTypes, type Producer } from 'kafkajs';
import { MessagePublisher, type OutgoingMessage } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';
import { type KafkaClient } from '../client/kafka.client';
import { alreadyClosed, kafkaError, kafkaErrorCodes } from '../kafka.errors';
import { encodeMessage, type EncodedMessage } from './encoded-message';
import { type RequestLimits, TopicLane } from './topic-lane';

/** `acks=all`: the leader answers when all in-sync replicas have the messages. */
const allReplicas = -1;

/** Below the brokers' default for one request's batch (1 MiB), however its messages fall on partitions. */
const requestLimits: RequestLimits = { maxBytes: 512 * 1024, maxMessages: 1_000 };

export interface KafkaPublisherOptions {
  /** How long a request that fails is sent again, ms; then its callers get the error. */
  readonly retryForMs: number;
}

/**
 * Publishes to Kafka. Connects on first use and reconnects by itself. Not idempotent: a request whose answer was lost is
 * sent again, so a message can arrive twice.
 */
export class KafkaMessagePublisher extends MessagePublisher {
  private readonly lanes = new Map<string, TopicLane>();
  private connection: Promise<Producer> | undefined;
  private closed = false;

  constructor(
    private readonly client: KafkaClient,
    private readonly options: KafkaPublisherOptions = { retryForMs: 10_000 },
  ) {
    super();
  }

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (this.closed) throw alreadyClosed('publisher');
    await this.laneTo(topic).add(messages.map(encodeMessage));
  }

  /** Waits for what is on its way, then disconnects. May be called again. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.lanes.values()].map((lane) => lane.idle()));
    const connection = this.connection;
    this.connection = undefined;
    const neverConnected = (): undefined => undefined;
    await connection?.then((producer) => producer.disconnect(), neverConnected);
  }

  private laneTo(topic: string): TopicLane {
    const known = this.lanes.get(topic);
    if (known !== undefined) return known;
    const lane = new TopicLane((messages) => this.send(topic, messages), requestLimits);
    this.lanes.set(topic, lane);
    return lane;
  }

  private async send(topic: string, messages: readonly EncodedMessage[]): Promise<void> {
    const retryUntil = performance.now() + this.options.retryForMs;
    for (let waitMs = 250; ; waitMs *= 2) {
      try {
        return await this.sendOnce(topic, messages);
      } catch (thrown) {
        const error = kafkaError(thrown, `publishing to ${topic}`, this.client.brokers);
        if (!error.retryable || performance.now() + waitMs > retryUntil) throw error;
      }
      await delay(waitMs);
    }
  }

  /** The limit on size is on what is stored: a message that is too large as it is may fit compressed. */
  private async sendOnce(topic: string, messages: readonly EncodedMessage[]): Promise<void> {
    try {
      await this.request(topic, messages, CompressionTypes.None);
    } catch (thrown) {
      const error = kafkaError(thrown, `publishing to ${topic}`, this.client.brokers);
      if (!isTooLarge(error) || messages.length > 1) throw error;
      await this.request(topic, messages, CompressionTypes.GZIP);
    }
  }

  private async request(
    topic: string,
    messages: readonly EncodedMessage[],
    compression: CompressionTypes,
  ): Promise<void> {
    const producer = await this.connected();
    const plain = messages.map(({ bytes: _bytes, ...message }) => message);
    await producer.send({ topic, messages: plain, acks: allReplicas, compression });
  }

  private connected(): Promise<Producer> {
    this.connection ??= this.connect();
    return this.connection;
  }

  /** A connection that failed is forgotten, so that the next attempt makes a new one. */
  private async connect(): Promise<Producer> {
    const producer = this.client.producer();
    try {
      await producer.connect();
      return producer;
    } catch (thrown) {
      this.connection = undefined;
      throw thrown;
    }
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof AppError && error.code === kafkaErrorCodes.messageTooLarge;
}
