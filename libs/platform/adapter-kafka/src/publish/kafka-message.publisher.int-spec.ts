import { randomBytes } from 'node:crypto';
import { describeMessagePublisher, type PublishedMessage } from '@scorekeep/platform/testing-platform';
import { toConsumedRecord } from '../batch/consumed-record.mapper';
import { RealKafka } from '../testing/real-kafka';
import { KafkaMessagePublisher } from './kafka-message.publisher';

const brokers = process.env['KAFKA_BROKERS'];

describeMessagePublisher('KafkaMessagePublisher', async () => {
  const kafka = new RealKafka(brokers);
  const topics = [await kafka.createTopic('one'), await kafka.createTopic('other')] as const;
  return {
    publisher: kafka.publisher,
    topics,
    read: async (topic, count): Promise<readonly PublishedMessage[]> =>
      (await kafka.read(topic, count)).map((message) => toConsumedRecord(topic, 0, message, false)),
    close: () => kafka.close(),
  };
});

describe('KafkaMessagePublisher', () => {
  let kafka: RealKafka;

  beforeAll(() => {
    kafka = new RealKafka(brokers);
  });
  afterAll(async () => {
    await kafka.close();
  });

  it('puts messages with one key into one partition', async () => {
    const topic = await kafka.createTopic('spread', 4);
    const keys = Array.from({ length: 40 }, (_, index) => `learner ${index}`);
    await kafka.publisher.publish(
      topic,
      [...keys, ...keys].map((key) => ({ key, value: key })),
    );

    const marks = [...(await kafka.topics.highWatermarks(topic)).values()];
    expect(marks.reduce((sum, mark) => sum + mark, 0n)).toBe(80n);
    expect(marks.every((mark) => mark > 0n && mark % 2n === 0n)).toBe(true);
  });

  it('says that a topic is missing, which may pass', async () => {
    const publisher = new KafkaMessagePublisher(kafka.client, { retryForMs: 0 });
    await expect(publisher.publish(`${kafka.prefix}.missing`, [{ key: null, value: 'x' }])).rejects.toMatchObject({
      code: 'KAFKA.UNKNOWN_TOPIC',
      retryable: true,
    });
    await publisher.close();
    expect(await kafka.topics.existing()).not.toContain(`${kafka.prefix}.missing`);
  });

  it('compresses a message that is too large as it is', async () => {
    const topic = await kafka.createTopic('large');
    const value = 'an answer '.repeat(700_000);
    await kafka.publisher.publish(topic, [{ key: null, value }]);

    const [message] = await kafka.read(topic, 1);
    expect(message?.value?.toString()).toBe(value);
  });

  it('refuses a message that is too large in any case, and sends its neighbours', async () => {
    const topic = await kafka.createTopic('too-large');
    const noise = randomBytes(7_000_000);
    const [refused, sent] = await Promise.allSettled([
      kafka.publisher.publish(topic, [{ key: null, value: noise }]),
      kafka.publisher.publish(topic, [{ key: null, value: 'small' }]),
    ]);

    expect(refused).toMatchObject({ reason: { code: 'KAFKA.MESSAGE_TOO_LARGE', retryable: false } });
    expect(sent.status).toBe('fulfilled');
  });

  it('says where it looked for brokers that are away, and that this may pass', async () => {
    const publisher = new KafkaMessagePublisher(kafka.clientFor('127.0.0.1:1', []), { retryForMs: 0 });
    await expect(publisher.publish('any', [{ key: null, value: 'x' }])).rejects.toMatchObject({
      code: 'KAFKA.UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('127.0.0.1:1 (KAFKA_BROKERS)') as string,
    });
    await publisher.close();
  });

  it('takes nothing after it was closed, twice if need be', async () => {
    const publisher = new KafkaMessagePublisher(kafka.client);
    await publisher.close();
    await publisher.close();
    await expect(publisher.publish('any', [{ key: null, value: 'x' }])).rejects.toMatchObject({ code: 'KAFKA.CLOSED' });
  });
});
