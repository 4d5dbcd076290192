import { randomUUID } from 'node:crypto';
import { type Consumer, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { type DemoWorld } from '../../../tools/demo/src';

/** All that a topic holds now, in order per partition. The group that it is read in is gone afterwards. */
export async function readTopic({ environment }: DemoWorld, topic: string): Promise<readonly KafkaMessage[]> {
  const brokers = [environment['KAFKA_BROKERS'] ?? ''];
  const kafka = new Kafka({ brokers, clientId: 'e2e', logLevel: logLevel.NOTHING });
  const groupId = `${topic}-reader-${randomUUID()}`;
  const [admin, consumer] = [kafka.admin(), kafka.consumer({ groupId, maxWaitTimeInMs: 100 })];
  await admin.connect();
  try {
    const filled = (await admin.fetchTopicOffsets(topic)).filter(({ high, low }) => high !== low);
    if (filled.length === 0) return [];
    await consumer.connect();
    const ends = new Map(filled.map(({ partition, high }) => [partition, BigInt(high)]));
    const messages = await readUntil(consumer, topic, ends);
    await consumer.disconnect();
    await admin.deleteGroups([groupId]);
    return messages;
  } finally {
    await consumer.disconnect();
    await admin.disconnect();
  }
}

async function readUntil(consumer: Consumer, topic: string, ends: Map<number, bigint>): Promise<KafkaMessage[]> {
  const messages: KafkaMessage[] = [];
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((allRead, failed) => {
    const eachMessage = async ({ partition, message }: { partition: number; message: KafkaMessage }): Promise<void> => {
      messages.push(message);
      if (BigInt(message.offset) + 1n >= (ends.get(partition) ?? 0n)) ends.delete(partition);
      if (ends.size === 0) allRead();
    };
    consumer.run({ eachMessage }).catch(failed);
  });
  return messages;
}
