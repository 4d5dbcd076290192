import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { KafkaClient } from '../client/kafka.client';
import { KafkaTopics } from '../client/kafka-topics';
import { KafkaSettings } from '../client/kafka.settings';
import { KafkaMessagePublisher } from '../publish/kafka-message.publisher';

/** One log line: level and message. */
export type Line = readonly [string, string];

/** The brokers of a test, with topics of its own that `close` deletes. */
export class RealKafka {
  /** Unique for each run, so that tests meet nobody else's topics and groups. */
  readonly prefix = `test-${randomUUID()}`;
  readonly lines: Line[] = [];
  readonly client: KafkaClient;
  readonly topics: KafkaTopics;
  readonly publisher: KafkaMessagePublisher;
  /** kafkajs itself, for what the library does not offer. */
  readonly plain: Kafka;
  private readonly created: string[] = [];

  constructor(brokers: string | undefined) {
    if (brokers === undefined) throw new Error('KAFKA_BROKERS is not set: the local stack gives it');
    this.client = this.clientFor(brokers);
    this.topics = new KafkaTopics(this.client);
    this.publisher = new KafkaMessagePublisher(this.client);
    this.plain = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  }

  /** Another client, with a log of its own when `lines` are given. */
  clientFor(brokers: string, lines: Line[] = this.lines): KafkaClient {
    const settings = Object.assign(new KafkaSettings(), { KAFKA_BROKERS: brokers });
    return new KafkaClient(settings, 'test', (level, message) => void lines.push([level, message]));
  }

  /** @returns the full name, `<prefix>.<name>` */
  async createTopic(name: string, partitions = 1): Promise<string> {
    const topic = `${this.prefix}.${name}`;
    await this.topics.createMissing([topic], partitions);
    this.created.push(topic);
    return topic;
  }

  /** All messages of a topic, in order per partition; waits until there are `count`. */
  async read(topic: string, count: number): Promise<readonly KafkaMessage[]> {
    const consumer = this.plain.consumer({ groupId: `${this.prefix}-reader-${randomUUID()}`, maxWaitTimeInMs: 100 });
    const messages: KafkaMessage[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ eachMessage: async ({ message }) => void messages.push(message) });
    try {
      await eventually(() => messages.length >= count);
      return messages;
    } finally {
      await consumer.disconnect();
    }
  }

  async close(): Promise<void> {
    await this.publisher.close();
    await this.topics.close();
    const admin = this.plain.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: this.created });
    await admin.disconnect();
  }
}

/** Resolves when the condition holds. @throws Error after 30 s */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`did not come true: ${condition.toString()}`);
    await delay(25);
  }
}
