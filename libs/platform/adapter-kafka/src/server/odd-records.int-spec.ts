import { CompressionTypes, type Message } from 'kafkajs';
import { type ConsumedRecord, type RecordBatchHandler, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { eventually, RealKafka } from '../testing/real-kafka';
import { allDone, TestService } from '../testing/test-service';

describe('KafkaBatchServer and odd records', () => {
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

  const start = async (
    handler: RecordBatchHandler,
    options?: ConstructorParameters<typeof TestService>[2],
  ): Promise<TestService> => {
    const service = new TestService(kafka, handler, options);
    services.push(service);
    return service.start();
  };
  const send = async (topic: string, messages: Message[], compression = CompressionTypes.None): Promise<void> => {
    const producer = kafka.plain.producer();
    await producer.connect();
    await producer.send({ topic, messages, compression });
    await producer.disconnect();
  };
  const committed = async (topic: string): Promise<bigint | undefined> =>
    (await kafka.topics.committed(`${kafka.prefix}-app`, topic)).get(0);

  it('passes on records of nothing, of headers alone, larger than any limit, and compressed, each in its place', async () => {
    const topic = await kafka.createTopic('in');
    const large = 'x'.repeat(300_000);
    await send(topic, [{ value: null }, { value: null, headers: { only: 'this' } }, { value: '' }]);
    await send(topic, [{ value: large }]);
    await send(topic, [{ value: 'a' }, { value: null }, { value: large }], CompressionTypes.GZIP);
    await send(topic, [{ value: 'last' }]);
    const limits = { maxBytesPerPartition: 1_000, maxBytesPerFetch: 1_000 };

    const reader = await start(allDone, { consumer: { ...limits, microBatch: { maxRecords: 10, maxBytes: 1_000 } } });
    await eventually(async () => (await committed(topic)) === 8n);

    expect(reader.values()).toEqual(['', '', '', large, 'a', '', large, 'last']);
    expect(reader.handled.map(({ value }) => value === null)).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(reader.handled[1]?.headers).toEqual({ only: Buffer.from('this') });
    const alone = reader.reports.filter(({ firstOffset }) => ['3', '6'].includes(firstOffset));
    expect(alone.map(({ records }) => records)).toEqual([1, 1]);
  });

  it('sets every kind of them aside as it was, without a further call of the handler', async () => {
    const topic = await kafka.createTopic('in');
    const failed = await kafka.createTopic('in.failed');
    const values = [null, Buffer.from(''), Buffer.from([0, 255]), Buffer.alloc(900_000, 'y')];
    await send(
      topic,
      values.map((value, index) => ({ key: `key ${index}`, value, headers: { nr: String(index) } })),
    );
    const calls: string[][] = [];
    const setAside = ({ key, value, headers }: ConsumedRecord): RecordOutcome => ({
      kind: 'dead-letter',
      reason: 'odd',
      topic: failed,
      message: { key, value, headers: { ...headers, validation_error: 'odd' } },
    });

    await start(async (records) => {
      calls.push(records.map(({ offset }) => offset));
      return records.map(setAside);
    });
    await eventually(async () => (await committed(topic)) === 4n);

    expect(calls).toEqual([['0', '1', '2', '3']]);
    const letters = await kafka.read(failed, 4);
    expect(letters.map(({ key }) => String(key))).toEqual(['key 0', 'key 1', 'key 2', 'key 3']);
    expect(letters.map(({ value }) => value)).toEqual(values);
    expect(letters[3]?.headers).toEqual({ nr: Buffer.from('3'), validation_error: Buffer.from('odd') });
  });
});
