import {
  type OffsetsByPartition,
  type ReadRequest,
  type StoredRecord,
  TopicReader,
} from '@scorekeep/platform/domain-messaging';
import { type KafkaClient } from '../client/kafka.client';
import { KafkaTopics } from '../client/kafka-topics';
import { kafkaError } from '../kafka.errors';
import { BoundedRead } from './bounded-read';

/** Reads topics as a member of a consumer group that leaves when the end is reached. */
export class KafkaTopicReader extends TopicReader {
  private readonly topics: KafkaTopics;

  constructor(private readonly client: KafkaClient) {
    super();
    this.topics = new KafkaTopics(client);
  }

  override async endsOf(topic: string): Promise<OffsetsByPartition> {
    return this.topics.highWatermarks(topic);
  }

  override async startsOf(topic: string): Promise<OffsetsByPartition> {
    return this.topics.lowWatermarks(topic);
  }

  override async committedBy(groupPrefix: string, topic: string): Promise<ReadonlyMap<string, OffsetsByPartition>> {
    const committed = new Map<string, OffsetsByPartition>();
    for (const groupId of await this.groupIds(groupPrefix)) {
      const offsets = await this.topics.committed(groupId, topic);
      if (offsets.size > 0) committed.set(groupId, offsets);
    }
    return committed;
  }

  override async read(
    request: ReadRequest,
    handle: (records: readonly StoredRecord[]) => Promise<void>,
  ): Promise<void> {
    const { topic, groupId } = request;
    const [low, committed] = [await this.topics.lowWatermarks(topic), await this.topics.committed(groupId, topic)];
    const open = openPartitions(request.ends, low, committed);
    if (open.size > 0) await new BoundedRead(this.client, this.topics, request, handle).run(open);
  }

  async close(): Promise<void> {
    await this.topics.close();
  }

  private async groupIds(prefix: string): Promise<string[]> {
    const admin = this.client.admin();
    try {
      await admin.connect();
      const { groups } = await admin.listGroups();
      return groups.map(({ groupId }) => groupId).filter((groupId) => groupId.startsWith(prefix));
    } catch (thrown) {
      throw kafkaError(thrown, 'listing groups', this.client.brokers);
    } finally {
      await admin.disconnect();
    }
  }
}

/**
 * The ends that are still to be reached. What was committed beyond the end of a topic was committed of another that had its
 * name: it does not count.
 */
function openPartitions(ends: OffsetsByPartition, low: OffsetsByPartition, committed: OffsetsByPartition) {
  return new Map(
    [...ends].filter(([partition, end]) => {
      const next = committed.get(partition) ?? 0n;
      const start = next > end ? 0n : next;
      return start < end && (low.get(partition) ?? 0n) < end;
    }),
  );
}
