import { type Admin, Kafka, logLevel } from 'kafkajs';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';

/** The topic that both sides read, and how far their groups are. */
export class BenchTopic {
  readonly name: string;
  private readonly admin: Admin;

  constructor(
    brokers: string,
    private readonly prefix: string,
  ) {
    this.name = fullTopicName(prefix, topics.assess);
    this.admin = new Kafka({ brokers: [brokers], clientId: 'scorekeep-bench', logLevel: logLevel.NOTHING }).admin();
  }

  /** Connects and creates what the ingest reads and writes. */
  async open(partitions: number): Promise<void> {
    await this.admin.connect();
    const names = [topics.assess, topics.assessFailed, topics.certificateRequest];
    await this.admin.createTopics({
      topics: names.map((name) => ({ topic: fullTopicName(this.prefix, name), numPartitions: partitions })),
    });
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  /** Records of the topic. */
  async size(): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(this.name);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  /** Records that the group has committed. */
  async committed(groupId: string): Promise<number> {
    const offsets = await this.admin.fetchOffsets({ groupId, topics: [this.name] });
    const partitions = offsets.flatMap((each) => each.partitions);
    return partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  }
}
