import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type KafkaMessage } from 'kafkajs';
import { ended, IngestWorld, type SentRecord } from './ingest-world';

const COURSE = `do_e2e_failed_${process.pid}`;
const LEAF_NODES = `${COURSE}:${COURSE}:leafnodes`;
const MAX_FAILED_BYTES = 65_536;
const PRODUCED_MS = 1_700_000_060_000;
/** In every learner's id, and in every answer: what must be in no log line. */
const SECRET = 'zq7secret';

const answer = { ets: 1_700_000_001_000, edata: { item: { id: 'q1', maxscore: 2, title: SECRET }, score: 1 } };
const valid = {
  ...{ assessmentTs: 1_700_000_000_000, userId: `${SECRET}-learner`, courseId: COURSE, batchId: 'batch' },
  ...{ contentId: 'known', attemptId: 'attempt-1', events: [answer] },
};
const { userId: _user, ...withoutUser } = valid;
const large = randomBytes(2 * MAX_FAILED_BYTES);

/** Each with the reason that it must get, and what of its value is kept; `undefined` where it is stored. */
const records: (SentRecord & { readonly name: string; readonly reason?: string | RegExp })[] = [
  { name: 'valid', value: JSON.stringify(valid) },
  { name: 'a repeat', value: JSON.stringify(valid) },
  { name: 'lone surrogates', value: JSON.stringify({ ...valid, attemptId: 'X' }).replace('"X"', '"half \\ud83d"') },
  { name: 'no value', value: null, reason: 'no value' },
  { name: 'no bytes', value: '', reason: 'not JSON' },
  { name: 'binary', value: Buffer.from([0xff, 0x00, 0x01]), reason: 'not JSON' },
  { name: 'a list', value: '[]', reason: 'not a JSON object' },
  { name: 'no user', value: JSON.stringify(withoutUser), reason: /^userId must/ },
  {
    name: 'a bad number',
    value: JSON.stringify({ ...valid, events: [{ ...answer, ets: null }] }),
    reason: /^events\.0\.ets must/,
  },
  {
    name: 'a foreign content',
    value: JSON.stringify({ ...valid, contentId: 'new', attemptId: 'attempt-2' }),
    reason: 'invalid content',
  },
  { name: 'too large for the failed topic', value: large, reason: 'not JSON' },
  {
    name: 'too large for the limit',
    value: JSON.stringify({ ...valid, x: 'y'.repeat(300_000) }),
    reason: 'larger than 250000 bytes',
  },
].map((record) => ({ key: `${SECRET}-learner`, timestampMs: PRODUCED_MS, headers: { name: record.name }, ...record }));

const headerOf = (message: KafkaMessage | undefined, name: string): string => String(message?.headers?.[name] ?? '');

describe('the failed topic', () => {
  let world: IngestWorld;
  let failed: ReadonlyMap<string, KafkaMessage>;

  beforeAll(async () => {
    const environment = { ASSESSMENT_MESSAGE_MAX_BYTES: '250000', INGEST_LOG_INTERVAL: '1s' };
    world = await IngestWorld.create({
      name: 'e2e_failed',
      partitions: 2,
      maxFailedBytes: MAX_FAILED_BYTES,
      environment,
    });
    await world.redis.sadd(LEAF_NODES, 'known');
  });
  afterAll(async () => {
    await world.redis.del(LEAF_NODES);
    await world.close();
  });

  it('gets what is not valid while the rest is stored, and nothing of a learner is logged', async () => {
    const child = world.start([]);
    const end = ended(child);
    await world.send(records);
    const metrics = await untilAllAreCounted();
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await end;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    expect(metrics).toContain('ingest_events_total{outcome="skipped",reason="repeated"} 1\n');
    expect(metrics).toContain('ingest_events_total{outcome="dead-lettered",reason="events[].ets"} 1\n');
    expect(metrics).toContain('ingest_events_total{outcome="dead-lettered",reason="too large"} 1\n');
    expect(metrics).toMatch(/^ingest_lag_records\{partition="[01]"\} \d+$/m);
    expect(metrics).toMatch(/^ingest_batch_seconds_count [1-9]/m);
    expect(metrics).toMatch(/^cassandra_query_seconds_count\{kind="write",ok="true"\} [1-9]/m);
    expect(metrics).toMatch(/^ingest_writes_in_flight 0$/m);
    expect(metrics).toMatch(/^ingest_assigned_partitions 2$/m);
    expect(metrics).toMatch(/^ingest_retrying_partitions 0$/m);

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const summaries = lines.filter(({ message }) => message === 'ingested');
    const sum = (name: string): number => summaries.reduce((total, line) => total + Number(line[name]), 0);
    expect([sum('done'), sum('skipped'), sum('deadLettered')]).toEqual([2, 1, records.length - 3]);
    expect(summaries[0]).toMatchObject({ level: 'info', seconds: expect.any(Number) as number });
    expect(stdout).not.toContain(SECRET);
    expect(stdout).not.toContain('attempt-');

    const rows = await world.rows('SELECT user_id, attempt_id FROM assessment_aggregator');
    expect(new Set(rows.map((row) => row['attempt_id'] as string))).toEqual(new Set(['attempt-1', 'half \ufffd']));
  });

  it('holds every record with its key, bytes and headers, why it is there and where it was', async () => {
    const messages = await world.read(world.failedTopic);
    failed = new Map(messages.map((message) => [headerOf(message, 'name'), message]));
    expect(messages).toHaveLength(failed.size);
    const expected = records.filter(({ reason }) => reason !== undefined);
    expect([...failed.keys()].sort()).toEqual(expected.map(({ name }) => name).sort());
    for (const { name, key, reason } of expected) {
      const message = failed.get(name);
      expect(message?.key?.toString()).toBe(key);
      expect(headerOf(message, 'validation_error')).toMatch(reason ?? '');
      expect(headerOf(message, 'original_topic')).toBe(world.assessTopic);
      expect(headerOf(message, 'original_partition')).toMatch(/^[01]$/);
      expect(headerOf(message, 'original_offset')).toMatch(/^\d+$/);
      expect(headerOf(message, 'original_timestamp')).toBe(String(PRODUCED_MS));
    }
    expect(failed.get('no value')?.value).toBeNull();
    expect(failed.get('binary')?.value).toEqual(Buffer.from([0xff, 0x00, 0x01]));
    expect(JSON.parse(String(failed.get('no user')?.value))).toEqual({
      ...withoutUser,
      metadata: { validation_error: expect.stringContaining('userId') as string, src: 'AssessmentAggregator' },
    });
    expect(JSON.parse(String(failed.get('too large for the limit')?.value))).toMatchObject({ userId: valid.userId });
  });

  it('holds the beginning of what it cannot hold in full', () => {
    const message = failed.get('too large for the failed topic');
    expect(headerOf(message, 'original_bytes')).toBe(String(large.length));
    expect(message?.value).toEqual(large.subarray(0, message?.value?.length));
    expect(message?.value?.length).toBeGreaterThan(MAX_FAILED_BYTES / 4);
  });

  it('is replayed by reason, each event once, with its own time', async () => {
    const kinds = {
      'invalid content': 1,
      'not JSON': 2,
      userId: 1,
      'events[].ets': 1,
      'no value': 1,
      'not a JSON object': 1,
      'too large': 1,
    };
    const dryRun = await world.runJson('replay-failed', '--dry-run');
    expect(dryRun).toEqual({
      dryRun: true,
      sent: 8,
      alreadySent: 0,
      seenBefore: 0,
      otherReason: 0,
      cut: 1,
      reasons: kinds,
    });

    await world.redis.sadd(LEAF_NODES, 'new');
    const byReason = await world.runJson('replay-failed', '--reason', 'invalid content');
    expect(byReason).toMatchObject({ sent: 1, otherReason: 8, reasons: { 'invalid content': 1 } });
    expect(await world.runJson('replay-failed', '--reason', 'invalid content')).toMatchObject({
      sent: 0,
      seenBefore: 9,
    });
    await world.runJson('--until-caught-up');
    const rows = await world.rows('SELECT attempt_id, created_on, updated_on FROM assessment_aggregator');
    const stored = rows.find((row) => row['attempt_id'] === 'attempt-2');
    expect(stored).toMatchObject({ created_on: new Date(PRODUCED_MS), updated_on: new Date(PRODUCED_MS) });

    expect(await world.runJson('replay-failed')).toMatchObject({ sent: 7, alreadySent: 1, cut: 1 });
    expect(await world.runJson('replay-failed')).toMatchObject({ sent: 0, seenBefore: 9 });
    await world.runJson('--until-caught-up');
    const again = await world.read(world.failedTopic);
    expect(again).toHaveLength(failed.size + 7);
    const binary = again.filter((message) => headerOf(message, 'name') === 'binary');
    expect(binary.map(({ value }) => value)).toEqual(Array(2).fill(Buffer.from([0xff, 0x00, 0x01])));
    expect(new Set(binary.map((message) => headerOf(message, 'original_timestamp')))).toEqual(
      new Set([String(PRODUCED_MS)]),
    );
  });

  /** @returns the metrics when every record is counted and nothing is left */
  async function untilAllAreCounted(): Promise<string> {
    const counted = (text: string): number =>
      [...text.matchAll(/^ingest_events_total\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
    for (let tries = 0; tries < 600; tries += 1) {
      const metrics = await fetch(`http://127.0.0.1:${world.httpPort}/metrics`).then(
        (response) => response.text(),
        () => '',
      );
      if (counted(metrics) >= records.length && /^ingest_lag_records/m.test(metrics)) return metrics;
      await delay(100);
    }
    throw new Error('not all records were counted');
  }
});
