import { RealKafka } from '../testing/real-kafka';
import { KafkaTopics } from './kafka-topics';

describe('KafkaTopics and KafkaClient', () => {
  let kafka: RealKafka;

  beforeAll(() => {
    kafka = new RealKafka(process.env['KAFKA_BROKERS']);
  });
  afterAll(async () => {
    await kafka.close();
  });

  it('creates what is missing and leaves alone what exists', async () => {
    const first = await kafka.createTopic('first', 2);
    const second = `${kafka.prefix}.second`;

    expect(await kafka.topics.createMissing([first, second, second], 3)).toEqual([second]);
    expect(await kafka.topics.createMissing([first, second], 3)).toEqual([]);

    expect([...(await kafka.topics.existing())]).toEqual(expect.arrayContaining([first, second]));
    expect((await kafka.topics.highWatermarks(first)).size).toBe(2);
    expect((await kafka.topics.highWatermarks(second)).size).toBe(3);
    await kafka.createTopic('second');
  });

  it('can be used by several at once', async () => {
    const topic = `${kafka.prefix}.race`;
    const results = await Promise.all([1, 2, 3].map(() => kafka.topics.createMissing([topic], 1)));

    expect(results.flat()).toEqual([topic]);
    await kafka.createTopic('race');
  });

  it('knows the offsets of a topic and of a group', async () => {
    const topic = await kafka.createTopic('offsets', 2);
    const producer = kafka.plain.producer();
    await producer.connect();
    await producer.send({ topic, messages: [1, 2, 3].map((value) => ({ value: String(value), partition: 1 })) });
    await producer.disconnect();
    const groupId = `${kafka.prefix}-offsets`;

    expect(await kafka.topics.highWatermarks(topic)).toEqual(
      new Map([
        [0, 0n],
        [1, 3n],
      ]),
    );
    expect(await kafka.topics.lowWatermarks(topic)).toEqual(
      new Map([
        [0, 0n],
        [1, 0n],
      ]),
    );
    expect(await kafka.topics.committed(groupId, topic)).toEqual(new Map());

    const admin = kafka.plain.admin();
    await admin.connect();
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 1, offset: '2' }] });
    await admin.disconnect();
    expect(await kafka.topics.committed(groupId, topic)).toEqual(new Map([[1, 2n]]));
  });

  it('says that a topic is missing', async () => {
    const missing = kafka.topics.highWatermarks(`${kafka.prefix}.missing`);
    await expect(missing).rejects.toMatchObject({ code: 'KAFKA.UNKNOWN_TOPIC' });
  });

  it('checks that brokers answer', async () => {
    await expect(kafka.client.check()).resolves.toBeUndefined();
  });

  it('names address and setting when none does', async () => {
    const away = kafka.clientFor('127.0.0.1:1', []);
    const topics = new KafkaTopics(away);
    const refused = { code: 'KAFKA.UNAVAILABLE', retryable: true };

    await expect(away.check()).rejects.toMatchObject(refused);
    await expect(away.check()).rejects.toThrow('127.0.0.1:1 (KAFKA_BROKERS)');
    await expect(topics.existing()).rejects.toMatchObject(refused);
    await topics.close();
    await expect(topics.existing()).rejects.toMatchObject({ code: 'KAFKA.CLOSED' });
  });
});
