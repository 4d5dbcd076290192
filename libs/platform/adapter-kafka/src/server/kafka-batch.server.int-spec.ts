import { setTimeout as delay } from 'node:timers/promises';
import { CompressionTypes } from 'kafkajs';
import { type ConsumedRecord, type RecordBatchHandler, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { eventually, RealKafka } from '../testing/real-kafka';
import { allDone, TestService } from '../testing/test-service';

const numbered = (count: number, from = 0): { key: string; value: string }[] =>
  Array.from({ length: count }, (_, index) => ({ key: 'one', value: String(from + index) }));

const values = (count: number, from = 0): string[] => numbered(count, from).map(({ value }) => value);

const valueOf = ({ value }: ConsumedRecord): string => Buffer.from(value ?? []).toString();

const retryAll = (records: readonly ConsumedRecord[]): RecordOutcome[] =>
  records.map(() => ({ kind: 'retry', cause: new Error('database is away') }));

describe('KafkaBatchServer', () => {
  let kafka: RealKafka;
  let groupId: string;
  let services: TestService[];

  beforeEach(() => {
    kafka = new RealKafka(process.env['KAFKA_BROKERS']);
    groupId = `${kafka.prefix}-app`;
    services = [];
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.close()));
    await kafka.close();
  });

  const service = (
    handler: RecordBatchHandler,
    options?: ConstructorParameters<typeof TestService>[2],
  ): TestService => {
    const made = new TestService(kafka, handler, options);
    services.push(made);
    return made;
  };

  const committed = async (topic: string): Promise<bigint | undefined> =>
    (await kafka.topics.committed(groupId, topic)).get(0);

  it('reads a topic from its beginning in exactly the given group, and commits what is done', async () => {
    const topic = await kafka.createTopic('in');
    const bytes = Uint8Array.of(0, 255, 128);
    await kafka.publisher.publish(topic, [
      { key: 'learner', value: '{}' },
      { key: bytes, value: bytes, headers: { origin: bytes } },
      { key: null, value: null },
    ]);

    const reader = await service(allDone).start();
    await eventually(() => reader.reports.length > 0);

    expect(reader.handled).toMatchObject([
      { topic, partition: 0, offset: '0' },
      { key: Buffer.from(bytes), value: Buffer.from(bytes), headers: { origin: Buffer.from(bytes) } },
      { key: null, value: null, headers: {} },
    ]);
    expect(await committed(topic)).toBe(3n);
    expect(reader.reports).toMatchObject([{ topic, partition: 0, firstOffset: '0', lastOffset: '2', lag: 0 }]);
    const admin = kafka.plain.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    expect(groups.map((group) => group.groupId).filter((id) => id.startsWith(kafka.prefix))).toEqual([groupId]);
  });

  it('reads compressed records', async () => {
    const topic = await kafka.createTopic('in');
    const producer = kafka.plain.producer();
    await producer.connect();
    await producer.send({ topic, messages: numbered(100), compression: CompressionTypes.GZIP });
    await producer.disconnect();

    const reader = await service(allDone).start();
    await eventually(() => reader.handled.length === 100);

    expect(reader.values()).toEqual(values(100));
  });

  it('goes on at the committed offset after a restart', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(10));
    const first = await service(allDone).start();
    await eventually(() => first.reports.length > 0);
    await first.close();
    await kafka.publisher.publish(topic, numbered(5, 10));

    const second = await service(allDone).start();
    await eventually(() => second.reports.length > 0);

    expect(second.values()).toEqual(values(5, 10));
  });

  it('handles records again until they are done, in order, and commits nothing before', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(6));
    const committedBefore: unknown[] = [];
    let calls = 0;
    const reader = await service(
      async (records) => {
        calls += 1;
        committedBefore.push(await committed(topic));
        return calls < 3 ? retryAll(records) : allDone(records);
      },
      { consumer: { microBatch: { maxRecords: 4, maxBytes: 1_000 } } },
    ).start();
    await eventually(async () => (await committed(topic)) === 6n);

    const first = values(4);
    expect(reader.values()).toEqual([...first, ...first, ...first, ...values(2, 4)]);
    expect(committedBefore).toEqual([undefined, undefined, undefined, 4n]);
    expect(reader.reports.map(({ outcomes }) => outcomes.retried)).toEqual([8, 0]);
  });

  it('handles records again when the handler throws, and passes its error to the log', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(2));
    let calls = 0;
    const reader = await service(async (records) => {
      calls += 1;
      if (calls === 1) throw new TypeError('a defect');
      return allDone(records);
    }).start();
    await eventually(() => reader.reports.length > 0);

    expect(reader.values()).toEqual(['0', '1', '0', '1']);
    expect(kafka.lines).toContainEqual(['error', 'a handler failed; its records will be handled again']);
  });

  it('sends poison to the failed topic with key, value and headers as they were, and goes on', async () => {
    const topic = await kafka.createTopic('in');
    const failed = await kafka.createTopic('in.failed');
    const poison = { key: Uint8Array.of(1, 0), value: Uint8Array.of(255, 0), headers: { origin: Uint8Array.of(9, 8) } };
    await kafka.publisher.publish(topic, [{ key: 'a', value: 'good' }, poison, { key: 'a', value: 'good' }]);

    const reader = await service(async (records) =>
      records.map(({ offset, key, value, headers }): RecordOutcome => {
        if (offset !== '1') return { kind: 'done' };
        const message = { key, value, headers: { ...headers, validation_error: 'not JSON' } };
        return { kind: 'dead-letter', reason: 'not JSON', topic: failed, message };
      }),
    ).start();
    await eventually(() => reader.reports.length > 0);

    const [letter, ...others] = await kafka.read(failed, 1);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ key: Buffer.from(poison.key), value: Buffer.from(poison.value) });
    expect(letter?.headers).toEqual({
      origin: Buffer.from(poison.headers.origin),
      validation_error: Buffer.from('not JSON'),
    });
    expect(await committed(topic)).toBe(3n);
    expect(reader.reports[0]?.outcomes).toEqual({ done: 2, skipped: 0, retried: 0, deadLettered: 1 });
  });

  it('loses nothing when instances come and go', async () => {
    const topic = await kafka.createTopic('in', 4);
    const sent = Array.from({ length: 600 }, (_, index) => ({ key: `learner ${index}`, value: String(index) }));
    await kafka.publisher.publish(topic, sent);
    const target = await kafka.topics.highWatermarks(topic);
    const finished = new Set<string>();
    const slowly: RecordBatchHandler = async (records) => {
      await delay(20);
      records.forEach((record) => finished.add(valueOf(record)));
      return allDone(records);
    };
    const options = { consumer: { microBatch: { maxRecords: 5, maxBytes: 1_000_000 }, heartbeatIntervalMs: 200 } };

    const first = await service(slowly, options).start();
    await eventually(() => finished.size > 50);
    const second = await service(slowly, options).start();
    await eventually(() => second.handled.length > 50);
    await first.close();
    await second.server.untilCaughtUp(topic, target);

    expect(finished.size).toBe(sent.length);
    expect(first.server.consumerStatus()).toMatchObject({ stopped: true, dead: undefined });
    expect(second.server.consumerStatus()?.assigned).toHaveLength(4);
  });

  it('gives partitions away while their records wait to be handled again', async () => {
    const topic = await kafka.createTopic('in', 2);
    await kafka.publisher.publish(
      topic,
      Array.from({ length: 20 }, (_, index) => ({ key: `learner ${index}`, value: String(index) })),
    );
    const hour = 3_600_000;
    const stuck = await service(async (records) => retryAll(records), {
      consumer: { retryBackOff: { startMs: hour, capMs: hour }, heartbeatIntervalMs: 200 },
    }).start();
    await eventually(() => stuck.server.consumerStatus()?.retryingPartitions === 2);

    const other = await service(allDone).start();
    await eventually(() => other.reports.length > 0);

    expect(stuck.server.consumerStatus()?.assigned).toHaveLength(1);
    expect(stuck.reports).toEqual([]);
    const partition = other.reports[0]?.partition ?? -1;
    expect(new Set(other.handled.map((record) => record.partition))).toEqual(new Set([partition]));
    expect([...(await kafka.topics.committed(groupId, topic)).keys()]).toEqual([partition]);
  });

  it('keeps its partitions while a handler takes longer than the session', async () => {
    const topic = await kafka.createTopic('in');
    await kafka.publisher.publish(topic, numbered(1));
    const reader = await service(
      async (records) => {
        await delay(8_000);
        return allDone(records);
      },
      { consumer: { sessionTimeoutMs: 6_000, heartbeatIntervalMs: 1_000 } },
    ).start();
    await eventually(() => reader.reports.length > 0);

    expect(reader.values()).toEqual(['0']);
    expect(await committed(topic)).toBe(1n);
    expect(kafka.lines.filter(([, text]) => text.startsWith('partitions were assigned'))).toHaveLength(1);
  });

  describe('close', () => {
    it('lets the handler in flight finish, commits that, and begins nothing more', async () => {
      const topic = await kafka.createTopic('in');
      await kafka.publisher.publish(topic, numbered(10));
      const reader = await service(
        async (records) => {
          await delay(500);
          return allDone(records);
        },
        { consumer: { microBatch: { maxRecords: 3, maxBytes: 1_000 } } },
      ).start();
      await eventually(() => reader.handled.length > 0);
      await reader.close();

      expect(reader.values()).toEqual(values(3));
      expect(await committed(topic)).toBe(3n);
      await reader.server.close();
    });

    it('ends waiting for a next try at once', async () => {
      const topic = await kafka.createTopic('in');
      await kafka.publisher.publish(topic, numbered(1));
      const hour = 3_600_000;
      const reader = await service(async (records) => retryAll(records), {
        consumer: { retryBackOff: { startMs: hour, capMs: hour } },
      }).start();
      await eventually(() => reader.server.consumerStatus()?.retryingPartitions === 1);
      await reader.close();

      expect(await committed(topic)).toBeUndefined();
      expect(kafka.lines.filter(([, text]) => text.startsWith('handlers did not finish'))).toEqual([]);
    });

    it('does not wait for a handler for ever, and does not commit what that does later', async () => {
      const topic = await kafka.createTopic('in');
      await kafka.publisher.publish(topic, numbered(1));
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      let ended = false;
      const reader = await service(
        async (records) => {
          await released;
          ended = true;
          return allDone(records);
        },
        { consumer: { drainTimeoutMs: 100 } },
      ).start();
      await eventually(() => reader.handled.length > 0);
      await reader.close();

      expect(ended).toBe(false);
      expect(kafka.lines).toContainEqual(['warn', 'handlers did not finish in time; their records will be read again']);
      release();
      await reader.server.close();
      await eventually(() => ended);
      expect(await committed(topic)).toBeUndefined();
    });

    it('may come before anything else', async () => {
      await service(allDone).server.close();
    });
  });
});
