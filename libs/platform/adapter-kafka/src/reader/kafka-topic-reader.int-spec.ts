import { type ReadRequest, type StoredRecord } from '@scorekeep/platform/domain-messaging';
import { RealKafka } from '../testing/real-kafka';
import { KafkaTopicReader } from './kafka-topic-reader';

describe('KafkaTopicReader', () => {
  const kafka = new RealKafka(process.env['KAFKA_BROKERS']);
  const reader = new KafkaTopicReader(kafka.client);
  const groups = new Set<string>();

  afterAll(async () => {
    await reader.close();
    const admin = kafka.plain.admin();
    await admin.connect();
    const { groups: existing } = await admin.listGroups();
    const own = existing.map(({ groupId }) => groupId).filter((groupId) => groups.has(groupId));
    if (own.length > 0) await admin.deleteGroups(own);
    await admin.disconnect();
    await kafka.close();
  });

  const numbers = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => String(from + index));
  const send = (topic: string, values: readonly string[]) =>
    kafka.publisher.publish(
      topic,
      values.map((value) => ({ key: value, value })),
    );

  /** Reads as a group of its own to the end that the topic has now. */
  async function read(
    topic: string,
    group: string,
    request: Partial<ReadRequest> = {},
    onRecords = async () => undefined as void,
  ) {
    const groupId = `${kafka.prefix}-${group}`;
    groups.add(groupId);
    const handled: StoredRecord[] = [];
    const ends = await reader.endsOf(topic);
    const all = { topic, groupId, ends, commits: true, signal: new AbortController().signal, ...request };
    const reading = reader.read(all, async (records) => {
      await onRecords();
      handled.push(...records);
    });
    const error: unknown = await reading.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const values = handled.map(({ value }) => Buffer.from(value ?? []).toString());
    return { error, values: values.sort((left, right) => Number(left) - Number(right)) };
  }

  it('reads everything up to the end once, and later only what is new', async () => {
    const topic = await kafka.createTopic('once', 3);
    await send(topic, numbers(0, 1_200));
    expect(await read(topic, 'once')).toEqual({ error: undefined, values: numbers(0, 1_200) });
    expect((await read(topic, 'once')).values).toEqual([]);
    expect([...(await reader.startsOf(topic)).values()]).toEqual([0n, 0n, 0n]);
    await send(topic, numbers(1_200, 1_210));
    expect((await read(topic, 'once')).values).toEqual(numbers(1_200, 1_210));
  });

  it('leaves to a next time what came after the end', async () => {
    const topic = await kafka.createTopic('end', 2);
    await send(topic, numbers(0, 100));
    const ends = await reader.endsOf(topic);
    const first = await read(topic, 'end', { ends }, () => send(topic, numbers(100, 101)));
    expect(first.values).toEqual(numbers(0, 100));
    expect((await read(topic, 'end')).values.every((value) => value === '100')).toBe(true);
  });

  it('commits nothing when it is not to', async () => {
    const topic = await kafka.createTopic('dry', 2);
    await send(topic, numbers(0, 20));
    expect((await read(topic, 'dry', { commits: false })).values).toEqual(numbers(0, 20));
    expect((await read(topic, 'dry', { commits: false })).values).toEqual(numbers(0, 20));
    expect((await reader.committedBy(`${kafka.prefix}-dry`, topic)).size).toBe(0);
  });

  it('ends with the error of the handler, having committed what was handled before', async () => {
    const topic = await kafka.createTopic('failing');
    await send(topic, numbers(0, 1_100));
    const defect = new TypeError('defect');
    let calls = 0;
    const failThird = async (): Promise<void> => {
      calls += 1;
      if (calls === 3) throw defect;
    };
    const failed = await read(topic, 'failing', {}, failThird);
    expect(failed.error).toMatchObject({ cause: defect });
    expect((await read(topic, 'failing')).values).toEqual(numbers(failed.values.length, 1_100));
  });

  it('ends at the next safe point when it is told to', async () => {
    const topic = await kafka.createTopic('told');
    await send(topic, numbers(0, 1_100));
    const stop = new AbortController();
    const reason = new Error('told to stop');
    const stopped = await read(topic, 'told', { signal: stop.signal }, async () => stop.abort(reason));
    expect(stopped.error).toBe(reason);
    expect((await read(topic, 'told')).values).toEqual(numbers(stopped.values.length, 1_100));
  });

  it('shares the partitions with another reader of its group, and both end', async () => {
    const topic = await kafka.createTopic('shared', 4);
    await send(topic, numbers(0, 2_000));
    const both = await Promise.all([read(topic, 'shared'), read(topic, 'shared')]);
    const values = new Set(both.flatMap((each) => each.values));
    expect(values.size).toBe(2_000);
    expect((await read(topic, 'shared')).values).toEqual([]);
  });

  it('knows what groups with a common beginning have committed', async () => {
    const topic = await kafka.createTopic('known');
    await send(topic, numbers(0, 5));
    await read(topic, 'known.a');
    await send(topic, numbers(5, 6));
    await read(topic, 'known.b');
    await read(topic, 'unknown');
    expect(await reader.committedBy(`${kafka.prefix}-known`, topic)).toEqual(
      new Map([
        [`${kafka.prefix}-known.a`, new Map([[0, 5n]])],
        [`${kafka.prefix}-known.b`, new Map([[0, 6n]])],
      ]),
    );
  });

  it('says which topic is missing', async () => {
    await expect(reader.endsOf(`${kafka.prefix}.missing`)).rejects.toMatchObject({ code: 'KAFKA.UNKNOWN_TOPIC' });
  });
});
