import { type Admin, Kafka, logLevel } from 'kafkajs';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { type DemoWorld } from '../../../tools/demo/src';
import { eventually } from './eventually';

/** How far the ingest's group is in its topic. */
export class GroupProgress {
  private readonly admin: Admin;
  private readonly topic: string;
  private readonly groupId: string;

  constructor({ environment, topicPrefix }: DemoWorld) {
    const brokers = [environment['KAFKA_BROKERS'] ?? ''];
    this.admin = new Kafka({ brokers, clientId: 'e2e', logLevel: logLevel.NOTHING }).admin();
    this.topic = fullTopicName(topicPrefix, topics.assess);
    this.groupId = `${topicPrefix}-ingest`;
  }

  async open(): Promise<this> {
    await this.admin.connect();
    return this;
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  /** Records that the group has committed. */
  async committed(): Promise<number> {
    const offsets = await this.admin.fetchOffsets({ groupId: this.groupId, topics: [this.topic] });
    return offsets
      .flatMap(({ partitions }) => partitions)
      .reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  }

  /** Records that the topic holds. */
  async sent(): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(this.topic);
    return offsets.reduce((sum, { high }) => sum + Number(high), 0);
  }

  /** Resolves when the group has committed all that is in the topic. */
  async untilCaughtUp(explain: () => string = () => ''): Promise<void> {
    const isCaughtUp = async (): Promise<boolean> => (await this.committed()) === (await this.sent());
    await eventually(isCaughtUp, () => `caught up\n${explain()}`);
  }
}
