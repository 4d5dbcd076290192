import { type ConsumedRecord, type RecordBatchHandler } from '@scorekeep/platform/domain-messaging';
import { eventually, RealKafka } from '../testing/real-kafka';
import { allDone, TestService } from '../testing/test-service';

const numbered = (count: number): { key: string; value: string }[] =>
  Array.from({ length: count }, (_, index) => ({ key: `learner ${index}`, value: String(index) }));

describe('untilCaughtUp', () => {
  let kafka: RealKafka;
  let services: TestService[];

  beforeEach(() => {
    kafka = new RealKafka(process.env['KAFKA_BROKERS']);
    services = [];
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.close()));
    await kafka.close();
  });

  const start = async (handler: RecordBatchHandler = allDone): Promise<TestService> => {
    const service = new TestService(kafka, handler);
    services.push(service);
    return service.start();
  };

  it('waits for everything that was there when it began, and not for what comes later', async () => {
    const topic = await kafka.createTopic('in', 4);
    await kafka.publisher.publish(topic, numbered(100));
    const target = await kafka.topics.highWatermarks(topic);
    const late: Promise<void>[] = [];
    const service = await start(async (records: readonly ConsumedRecord[]) => {
      if (late.length < 5) late.push(kafka.publisher.publish(topic, [{ key: 'late', value: 'late' }]));
      return allDone(records);
    });

    await service.server.untilCaughtUp(topic, target);

    expect(new Set(service.values().filter((value) => value !== 'late')).size).toBe(100);
    await Promise.all(late);
  });

  it('has nothing to wait for in an empty topic, and in one that the group has read before', async () => {
    const topic = await kafka.createTopic('in', 3);
    const service = await start();
    await service.server.untilCaughtUp(topic, await kafka.topics.highWatermarks(topic));

    await kafka.publisher.publish(topic, numbered(10));
    const target = await kafka.topics.highWatermarks(topic);
    await service.server.untilCaughtUp(topic, target);
    await service.close();
    const next = await start();
    await next.server.untilCaughtUp(topic, target);

    expect(service.handled).toHaveLength(10);
    expect(next.handled).toHaveLength(0);
  });

  it.each([
    ['records', 3],
    ['nothing else', 0],
  ])('comes to the end of a topic that ends in an aborted transaction after %s', async (_, records) => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(records));
    const producer = kafka.plain.producer({ transactionalId: kafka.prefix, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: numbered(5) });
    await transaction.abort();
    await producer.disconnect();
    const end = BigInt(records + 5 + 1);
    await eventually(async () => (await kafka.topics.highWatermarks(topic)).get(0) === end);

    const service = await start();
    await service.server.untilCaughtUp(topic, new Map([[0, end]]));

    expect(service.handled).toHaveLength(records);
  });

  it('counts partitions whose records were removed before they were read', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(4));
    const target = await kafka.topics.highWatermarks(topic);
    const admin = kafka.plain.admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '4' }] });
    await admin.disconnect();

    const service = await start();
    await service.server.untilCaughtUp(topic, target);

    expect(service.handled).toEqual([]);
  });

  it('counts what other instances of the group commit', async () => {
    const topic = await kafka.createTopic('in', 4);
    const one = await (await start()).joined();
    const other = await (await start()).joined();
    await eventually(() => [one, other].every(({ server }) => server.consumerStatus()?.assigned.length === 2));
    await kafka.publisher.publish(topic, numbered(200));

    await one.server.untilCaughtUp(topic, await kafka.topics.highWatermarks(topic));

    expect(one.handled.length).toBeLessThan(200);
    expect(one.handled.length + other.handled.length).toBe(200);
  });

  it('ends with an error when the consumer is closed before', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(1));
    const service = await start(async (records) =>
      records.map(() => ({ kind: 'retry', cause: new Error('database is away') })),
    );
    const caughtUp = service.server.untilCaughtUp(topic, await kafka.topics.highWatermarks(topic));
    await Promise.all([expect(caughtUp).rejects.toMatchObject({ code: 'KAFKA.CLOSED' }), service.close()]);
  });
});
