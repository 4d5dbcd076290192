import { randomUUID } from 'node:crypto';
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';

/** All that a topic holds now, in order per partition. */
export async function messagesOf(brokers: string, topic: string): Promise<readonly KafkaMessage[]> {
  const kafka = new Kafka({ brokers: [brokers], clientId: 'e2e', logLevel: logLevel.NOTHING });
  const groupId = `${topic}-${randomUUID()}`;
  const [admin, consumer] = [kafka.admin(), kafka.consumer({ groupId, maxWaitTimeInMs: 100 })];
  const messages: KafkaMessage[] = [];
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const filled = (await admin.fetchTopicOffsets(topic)).filter(({ high, low }) => high !== low);
    if (filled.length === 0) return [];
    const ends = new Map(filled.map(({ partition, high }) => [partition, BigInt(high)]));
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((allRead, failed) => {
      const eachMessage = async ({ partition, message }: { partition: number; message: KafkaMessage }) => {
        messages.push(message);
        if (BigInt(message.offset) + 1n >= (ends.get(partition) ?? 0n)) ends.delete(partition);
        if (ends.size === 0) allRead();
      };
      consumer.run({ eachMessage }).catch(failed);
    });
    return messages;
  } finally {
    await consumer.disconnect();
    await admin.disconnect();
  }
}
