import { randomUUID } from 'node:crypto';
import { type Admin, CompressionTypes, Kafka, type KafkaMessage, logLevel, type Message, Partitioners } from 'kafkajs';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';

const REQUEST_BYTES = 512 * 1024;
const REQUEST_MESSAGES = 500;

/** A record to send. */
export interface FuzzRecord {
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The topics of a fuzzing run. */
export class FuzzTopics {
  readonly assess: string;
  readonly failed: string;
  private readonly kafka: Kafka;
  private readonly admin: Admin;

  constructor(
    brokers: string,
    private readonly prefix: string,
  ) {
    this.kafka = new Kafka({ brokers: [brokers], clientId: 'scorekeep-bench', logLevel: logLevel.NOTHING });
    this.admin = this.kafka.admin();
    this.assess = fullTopicName(prefix, topics.assess);
    this.failed = fullTopicName(prefix, topics.assessFailed);
  }

  /** Connects and creates what the ingest reads and writes. */
  async open(numPartitions: number): Promise<void> {
    await this.admin.connect();
    const names = [this.assess, this.failed, fullTopicName(this.prefix, topics.certificateRequest)];
    await this.admin.createTopics({ topics: names.map((topic) => ({ topic, numPartitions })) });
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  /** Every second request is compressed, so that the consumer meets both. */
  async send(records: Iterable<FuzzRecord>): Promise<void> {
    const producer = this.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      let requests = 0;
      for (const messages of inRequests(records)) {
        const compression = (requests += 1) % 2 === 0 ? CompressionTypes.GZIP : CompressionTypes.None;
        await producer.send({ topic: this.assess, acks: -1, compression, messages });
      }
    } finally {
      await producer.disconnect();
    }
  }

  /** Records that a topic holds. */
  async size(topic: string): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  /** Records of the assess topic that a group has committed. */
  async committed(groupId: string): Promise<number> {
    const offsets = await this.admin.fetchOffsets({ groupId, topics: [this.assess] });
    const partitions = offsets.flatMap((each) => each.partitions);
    return partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  }

  /** Hands over everything that the failed topic holds. */
  async readFailed(onMessage: (message: KafkaMessage) => void): Promise<void> {
    const count = await this.size(this.failed);
    const groupId = `${this.prefix}-verify-${randomUUID()}`;
    const consumer = this.kafka.consumer({ groupId });
    await consumer.connect();
    await consumer.subscribe({ topic: this.failed, fromBeginning: true });
    let read = 0;
    await new Promise<void>((done, failed) => {
      if (count === 0) done();
      consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
      const eachMessage = async ({ message }: { message: KafkaMessage }): Promise<void> => {
        onMessage(message);
        if ((read += 1) === count) done();
      };
      consumer.run({ eachMessage }).catch(failed);
    });
    await consumer.disconnect();
    await this.admin.deleteGroups([groupId]);
  }
}

function* inRequests(records: Iterable<FuzzRecord>): Generator<Message[]> {
  let messages: Message[] = [];
  let bytes = 0;
  for (const { key, value, headers } of records) {
    const size = value?.length ?? 0;
    if (messages.length > 0 && (messages.length === REQUEST_MESSAGES || bytes + size > REQUEST_BYTES)) {
      yield messages;
      messages = [];
      bytes = 0;
    }
    messages.push({ key, value: value && Buffer.from(value), headers });
    bytes += size;
  }
  if (messages.length > 0) yield messages;
}
