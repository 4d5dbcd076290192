import { setTimeout as delay } from 'node:timers/promises';
import { type Admin } from 'kafkajs';
import { AppError } from '@scorekeep/platform/util-errors';
import { alreadyClosed, kafkaError } from '../kafka.errors';
import { type KafkaClient } from './kafka.client';

/** Offsets by partition number. */
export type PartitionOffsets = ReadonlyMap<number, bigint>;

const LEADER_TRIES = 100;
const LEADER_WAIT_MS = 200;

/** Topics and their offsets, as the brokers know them. Connects on first use. Every method fails with KAFKA.*. */
export class KafkaTopics {
  private connection: Promise<Admin> | undefined;
  private readonly questions = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly client: KafkaClient) {}

  /** Names of all topics that the user may see. */
  async existing(): Promise<ReadonlySet<string>> {
    return this.ask('listing topics', async (admin) => new Set(await admin.listTopics()));
  }

  /**
   * Creates the topics that do not exist, with the brokers' default replication. Existing ones stay as they are, also
   * with another number of partitions. Safe to call by several at once.
   *
   * @returns the names it created, in the given order
   */
  async createMissing(topics: readonly string[], partitions: number): Promise<readonly string[]> {
    const existing = await this.existing();
    const missing = [...new Set(topics)].filter((topic) => !existing.has(topic));
    const created: string[] = [];
    for (const topic of missing) {
      const isNew = await this.ask(`creating the topic ${topic}`, (admin) =>
        admin.createTopics({
          topics: [{ topic, numPartitions: partitions, replicationFactor: -1 }],
          // kafkajs takes the moment in which brokers do not know a new topic yet for a failure.
          waitForLeaders: false,
        }),
      );
      if (isNew) created.push(topic);
    }
    for (const topic of created) await this.untilLed(topic);
    return created;
  }

  /**
   * The offset after the newest record that a consumer can be given, per partition: what follows the first undecided
   * transaction does not count yet. @throws KAFKA.UNKNOWN_TOPIC
   */
  async highWatermarks(topic: string): Promise<PartitionOffsets> {
    return this.watermarks(topic, 'high');
  }

  /** The offset of the oldest record that retention has left, per partition. @throws KAFKA.UNKNOWN_TOPIC */
  async lowWatermarks(topic: string): Promise<PartitionOffsets> {
    return this.watermarks(topic, 'low');
  }

  /** The offsets that the group has committed; partitions for which it never committed are absent. */
  async committed(groupId: string, topic: string): Promise<PartitionOffsets> {
    const offsets = await this.ask(`reading the offsets of ${groupId}`, (admin) =>
      admin.fetchOffsets({ groupId, topics: [topic] }),
    );
    const partitions = offsets.flatMap((each) => each.partitions);
    return new Map(
      partitions
        .map(({ partition, offset }) => [partition, BigInt(offset)] as const)
        .filter(([, offset]) => offset >= 0),
    );
  }

  /** May be called again; every other call afterwards fails with KAFKA.CLOSED. */
  async close(): Promise<void> {
    this.closed = true;
    // kafkajs would connect again for a question that is still under way.
    await Promise.allSettled(this.questions);
    const connection = this.connection;
    this.connection = undefined;
    const neverConnected = (): undefined => undefined;
    await connection?.then((admin) => admin.disconnect(), neverConnected);
  }

  /** Resolves when every partition of a new topic has a leader, so that it can be written to and read. */
  private async untilLed(topic: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return void (await this.watermarks(topic, 'high'));
      } catch (error) {
        if (tries === LEADER_TRIES || !(error instanceof AppError) || !error.retryable) throw error;
      }
      await delay(LEADER_WAIT_MS);
    }
  }

  private async watermarks(topic: string, which: 'high' | 'low'): Promise<PartitionOffsets> {
    const offsets = await this.ask(`reading the offsets of ${topic}`, (admin) => admin.fetchTopicOffsets(topic));
    return new Map(offsets.map((each) => [each.partition, BigInt(each[which])]));
  }

  private async ask<T>(doing: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    if (this.closed) throw alreadyClosed('connection to topics');
    const answer = this.connected().then(question);
    this.questions.add(answer);
    try {
      return await answer;
    } catch (thrown) {
      throw kafkaError(thrown, doing, this.client.brokers);
    } finally {
      this.questions.delete(answer);
    }
  }

  private connected(): Promise<Admin> {
    this.connection ??= this.connect();
    return this.connection;
  }

  /** A connection that failed is forgotten, so that the next call tries again. */
  private async connect(): Promise<Admin> {
    const admin = this.client.admin();
    try {
      await admin.connect();
      return admin;
    } catch (thrown) {
      this.connection = undefined;
      throw thrown;
    }
  }
}
