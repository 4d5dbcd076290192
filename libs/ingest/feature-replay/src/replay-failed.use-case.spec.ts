import { failedEvent, type SetAsideRecord } from '@scorekeep/core/contract-events';
import {
  type OffsetsByPartition,
  type ReadRequest,
  type StoredRecord,
  TopicReader,
} from '@scorekeep/platform/domain-messaging';
import { RecordingPublisher } from '@scorekeep/platform/testing-platform';
import { ReplayFailed } from './replay-failed.use-case';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array | null | undefined): string => new TextDecoder().decode(value ?? undefined);

/** A topic of one partition, and groups that read it in lists of two. */
class OnePartition extends TopicReader {
  readonly records: StoredRecord[] = [];
  readonly groups = new Map<string, bigint>();
  start = 0;

  setAside(value: string, reason: string, change: Partial<SetAsideRecord> = {}): void {
    const origin = { topic: 'dev.telemetry.assess', partition: 3, offset: '70', timestampMs: 1_700_000_000_000 };
    const failed = failedEvent(
      { ...origin, key: bytes('learner'), value: bytes(value), headers: {}, ...change },
      reason,
    );
    const headers = Object.entries(failed.headers).map(([name, each]) => [
      name,
      typeof each === 'string' ? bytes(each) : each,
    ]);
    this.records.push({
      ...{ topic: 'dev.telemetry.assess.failed', partition: 0, offset: String(this.records.length) },
      ...{ timestampMs: 1_800_000_000_000, key: failed.key, value: failed.value },
      headers: Object.fromEntries(headers) as Record<string, Uint8Array>,
    });
  }

  override async startsOf(): Promise<OffsetsByPartition> {
    return new Map([[0, BigInt(this.start)]]);
  }

  override async endsOf(): Promise<OffsetsByPartition> {
    return new Map([[0, BigInt(this.records.length)]]);
  }

  override async committedBy(prefix: string): Promise<ReadonlyMap<string, OffsetsByPartition>> {
    const own = [...this.groups].filter(([group]) => group.startsWith(prefix));
    return new Map(own.map(([group, offset]) => [group, new Map([[0, offset]])]));
  }

  override async read(
    request: ReadRequest,
    handle: (records: readonly StoredRecord[]) => Promise<void>,
  ): Promise<void> {
    const { groupId, ends, commits } = request;
    const end = Number(ends.get(0));
    const committed = Number(this.groups.get(groupId) ?? 0n);
    for (let next = committed > end ? 0 : committed; next < end; next += 2) {
      const records = this.records.slice(next, Math.min(next + 2, end));
      await handle(records);
      if (commits) this.groups.set(groupId, BigInt(next + records.length));
    }
  }
}

function setUp() {
  const topic = new OnePartition();
  const publisher = new RecordingPublisher();
  const replay = new ReplayFailed(topic, publisher, { topicPrefix: 'dev', groupId: 'dev-ingest' });
  const run = (reason?: string, dryRun = false) =>
    replay.execute({ reason, dryRun, signal: new AbortController().signal, onProgress: () => undefined });
  const sent = (): string[] => publisher.publishedTo('dev.telemetry.assess').map(({ value }) => textOf(value));
  return { topic, publisher, run, sent };
}

function setUpWithFour() {
  const all = setUp();
  all.topic.setAside('{"n":0}', 'invalid content');
  all.topic.setAside('no json', 'not JSON');
  all.topic.setAside('{"n":2}', 'events.4.ets must be a finite number');
  all.topic.setAside('{"n":3}', 'invalid content');
  return all;
}

describe('ReplayFailed', () => {
  it('sends every event as it was, with key, headers and time of its record', async () => {
    const { topic, publisher, run } = setUp();
    topic.setAside('{"a":1}', 'invalid content', { headers: { trace: new Uint8Array([9]) } });
    topic.setAside('no json', 'not JSON', { key: null, timestampMs: 1_600_000_000_000 });
    await run();
    expect(publisher.published).toEqual([
      expect.objectContaining({
        ...{ topic: 'dev.telemetry.assess', key: bytes('learner'), value: bytes('{"a":1}') },
        ...{ headers: { trace: new Uint8Array([9]) }, timestampMs: 1_700_000_000_000 },
      }),
      expect.objectContaining({ key: null, value: bytes('no json'), headers: {}, timestampMs: 1_600_000_000_000 }),
    ]);
  });

  it('sends nothing twice, and says so', async () => {
    const { topic, run, sent } = setUpWithFour();
    const nothing = { sent: 0, alreadySent: 0, seenBefore: 0, otherReason: 0, cut: 0 };
    expect(await run()).toEqual({
      ...nothing,
      sent: 4,
      reasons: { 'invalid content': 2, 'not JSON': 1, 'events[].ets': 1 },
    });
    expect(await run()).toEqual({ ...nothing, seenBefore: 4, reasons: {} });
    topic.setAside('{"n":4}', 'invalid content');
    expect(await run()).toEqual({ ...nothing, sent: 1, seenBefore: 4, reasons: { 'invalid content': 1 } });
    expect(sent()).toHaveLength(5);
  });

  it.each([
    ['invalid content', ['{"n":0}', '{"n":3}']],
    ['JSON', ['no json']],
    ['events[].ets', ['{"n":2}']],
    ['events.4.ets', ['{"n":2}']],
    ['userId', []],
  ])('with the reason %j sends %j alone', async (reason, expected) => {
    const { run, sent } = setUpWithFour();
    expect(await run(reason)).toMatchObject({ sent: expected.length, otherReason: 4 - expected.length });
    expect(sent()).toEqual(expected);
  });

  it('sends each event once over runs with all kinds of filters, in whatever order', async () => {
    const { topic, run, sent } = setUpWithFour();
    await run('invalid');
    topic.setAside('{"n":4}', 'invalid content');
    expect(await run('content')).toMatchObject({ sent: 1, alreadySent: 2, otherReason: 2 });
    topic.setAside('{"n":5}', 'not JSON');
    expect(await run()).toMatchObject({ sent: 3, alreadySent: 3, reasons: { 'not JSON': 2, 'events[].ets': 1 } });
    expect(await run('invalid')).toMatchObject({ sent: 0, seenBefore: 4, alreadySent: 1, otherReason: 1 });
    expect([...sent()].sort()).toEqual(['no json', '{"n":0}', '{"n":2}', '{"n":3}', '{"n":4}', '{"n":5}'].sort());
  });

  it('counts in a dry run what a real one would send, and changes nothing', async () => {
    const { topic, run, sent } = setUpWithFour();
    await run('invalid');
    const before = new Map(topic.groups);
    const counted = {
      sent: 2,
      alreadySent: 2,
      seenBefore: 0,
      otherReason: 0,
      reasons: { 'not JSON': 1, 'events[].ets': 1 },
    };
    expect(await run(undefined, true)).toMatchObject(counted);
    expect(await run(undefined, true)).toMatchObject(counted);
    expect(topic.groups).toEqual(before);
    expect(sent()).toHaveLength(2);
    expect(await run()).toMatchObject({ sent: 2, alreadySent: 2 });
  });

  it('sends again, when it was cut off, only what was not committed', async () => {
    const { publisher, run, sent } = setUpWithFour();
    const publish = publisher.publish.bind(publisher);
    let calls = 0;
    publisher.publish = async (...message) => {
      calls += 1;
      if (calls === 2) throw new Error('killed');
      await publish(...message);
    };
    await expect(run()).rejects.toThrow('killed');
    expect(await run()).toMatchObject({ sent: 2, seenBefore: 2 });
    expect(sent()).toEqual(['{"n":0}', 'no json', '{"n":2}', '{"n":3}']);
  });

  it('starts anew when the topic was made anew', async () => {
    const { topic, run } = setUpWithFour();
    await run();
    topic.records.splice(0, 4);
    topic.setAside('{"n":9}', 'invalid content');
    expect(await run()).toMatchObject({ sent: 1, alreadySent: 0, seenBefore: 0 });
  });

  it('does not count as seen what retention has removed', async () => {
    const { topic, run } = setUpWithFour();
    await run();
    topic.start = 3;
    expect(await run()).toMatchObject({ sent: 0, seenBefore: 1 });
  });

  it('leaves out what was cut to fit the topic', async () => {
    const { topic, run, sent } = setUp();
    topic.setAside('{"a":', 'larger than 3 bytes', { headers: {} });
    const [record] = topic.records;
    if (record) topic.records[0] = { ...record, headers: { ...record.headers, original_bytes: bytes('90') } };
    expect(await run()).toMatchObject({ sent: 0, cut: 1 });
    expect(sent()).toEqual([]);
  });
});
