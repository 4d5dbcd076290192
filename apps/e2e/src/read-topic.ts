import { randomUUID } from 'node:crypto';
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { type DemoWorld } from '../../../tools/demo/src';
import { eventually } from './eventually';

/** All that a topic holds now, in order per partition. */
export async function readTopic({ environment }: DemoWorld, topic: string): Promise<readonly KafkaMessage[]> {
  const brokers = [environment['KAFKA_BROKERS'] ?? ''];
  const kafka = new Kafka({ brokers, clientId: 'e2e', logLevel: logLevel.NOTHING });
  const groupId = `${topic}-reader-${randomUUID()}`;
  const [admin, consumer] = [kafka.admin(), kafka.consumer({ groupId, maxWaitTimeInMs: 100 })];
  const messages: KafkaMessage[] = [];
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    const left = new Map(
      offsets.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, high]),
    );
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        messages.push(message);
        if (BigInt(message.offset) + 1n >= BigInt(left.get(partition) ?? 0)) left.delete(partition);
      },
    });
    await eventually(
      () => left.size === 0,
      () => `reading all of ${topic}`,
    );
    return messages;
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]);
    await admin.disconnect();
  }
}
