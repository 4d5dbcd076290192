import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exhaustRequestMessage, fullTopicName, topics } from '@scorekeep/core/contract-events';
import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { aVersion } from '@scorekeep/core/testing-core';
import { inParallel } from '@scorekeep/platform/adapter-cassandra';
import { KafkaClient, KafkaMessagePublisher, KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { DemandCaller, DemandStage } from './demand-stage.fixture';
import { type ExhaustProcess } from './exhaust-process.fixture';

jest.setTimeout(240_000);

const courseId = 'do_course';
const wanted = { tag: `${courseId}_batch-1`, dataset: 'response-exhaust', datasetConfig: { batchId: 'batch-1' } };
const encryptionKey = 'correct horse battery';
const rows = Array.from({ length: 1500 }, (_, index) =>
  aVersion(`learner-${index}`, index, { courseId, batchId: 'batch-1' }),
);
let stage: DemandStage;

beforeAll(async () => {
  stage = await DemandStage.open(process.env, 'unified', 'local');
  await stage.reports.insert(rows);
  await inParallel(rows, 32, ({ userId }) =>
    stage.reports.put('user_enrolments', { userid: userId, courseid: courseId, batchid: 'batch-1', active: true }),
  );
  for (const batchid of ['batch-1', 'batch-2']) {
    await stage.reports.put('course_batch', { courseid: courseId, batchid, name: 'Autumn' });
  }
});
afterAll(() => stage.close());

const callerOf = async (service: ExhaustProcess) => new DemandCaller(await stage.url(service));

/** Every file of the local store, whole or not. */
function filesOfStore(): Buffer[] {
  const root = stage.reports.environment['STORAGE_LOCAL_ROOT'] ?? '';
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

async function keysOf(requestId: string): Promise<string[]> {
  const keys: string[] = [];
  const prefix = `${stage.reports.session.keyspace}-reports/response-exhaust/${requestId}/`;
  for await (const { key } of stage.reports.storage.list(prefix)) keys.push(key);
  return keys;
}

it('another worker takes over from one that was killed, and nothing readable is left', async () => {
  const lease = { EXHAUST_LEASE: '2s' };
  for (let round = 1; ; round += 1) {
    const first = stage.start('serve', lease);
    const requestedBy = `official-${round}`;
    const { result } = await (await callerOf(first)).submit({ ...wanted, requestedBy, encryptionKey });
    await first.saying('reports are made');
    await first.kill();
    expect(filesOfStore().some((file) => file.includes('learner-'))).toBe(false);
    const second = stage.start('serve', lease);
    const ended = await (await callerOf(second)).untilEnded(result);
    expect(ended).toMatchObject({ status: 'SUCCESS', progress: { rows: rows.length } });
    expect(filesOfStore().some((file) => file.includes('learner-'))).toBe(false);
    second.terminate();
    expect(await second.ended).toBe(0);
    // The first may have ended its run in the moment before it was killed.
    if (ended.attempts === 2) return;
    expect(round).toBeLessThan(5);
  }
});

it('makes one report, however often and by however many workers its message is read', async () => {
  const group = { KAFKA_GROUP_ID: `${stage.prefix}-often` };
  const [serve, worker] = [stage.start('serve', group), stage.start('worker', group)];
  await worker.saying('started');
  const caller = await callerOf(serve);
  const { result } = await caller.submit({ ...wanted, requestedBy: 'official-often' });
  const settings = Object.assign(new KafkaSettings(), { KAFKA_BROKERS: process.env['KAFKA_BROKERS'] });
  const publisher = new KafkaMessagePublisher(new KafkaClient(settings, 'test', () => undefined));
  const messages = Array.from({ length: 20 }, (_, key) => ({ key: String(key), value: exhaustRequestMessage(result) }));
  const garbage = ['', 'no JSON', '{"tag":1}'].map((value) => ({ key: null, value }));
  await publisher.publish(fullTopicName(stage.prefix, topics.exhaustRequest), [...garbage, ...messages]);
  await publisher.close();
  const again = await Promise.all([caller.submit({ ...wanted, requestedBy: 'official-often' }), caller.read(result)]);
  expect(again.map(({ result: { requestId } }) => requestId)).toEqual([result.requestId, result.requestId]);
  expect(await caller.untilEnded(result)).toMatchObject({ status: 'SUCCESS', attempts: 1 });
  expect(await keysOf(result.requestId)).toHaveLength(1);
  for (const each of [serve, worker]) each.terminate();
  expect(await Promise.all([serve.ended, worker.ended])).toEqual([0, 0]);
});

it('keeps what Kafka did not take; joins with the same password alone; no more open than may be', async () => {
  const deaf = stage.start('serve', {
    ...{ KAFKA_BROKERS: '127.0.0.1:1', EXHAUST_SWEEP_INTERVAL: '1h', EXHAUST_OPEN_REQUESTS_MAX: '2' },
  });
  const caller = await callerOf(deaf);
  const asked = { ...wanted, requestedBy: 'official-kept', encryptionKey };
  const { result } = await caller.submit(asked);
  expect(result.status).toBe('SUBMITTED');
  expect((await caller.submit(asked)).result).toEqual(result);
  for (const other of ['another horse battery', undefined]) {
    expect(await caller.submit({ ...asked, encryptionKey: other })).toMatchObject({
      status: 400,
      params: { err: 'EXHAUST_OTHER_PASSWORD', errmsg: expect.stringContaining('request.encryptionKey') as string },
    });
  }
  const second = await caller.submit({ ...wanted, requestedBy: 'official-second' });
  expect(second.status).toBe(200);
  expect(await caller.submit({ ...wanted, requestedBy: 'official-third' })).toMatchObject({
    status: 429,
    responseCode: 'TOO_MANY_REQUESTS',
    params: { err: 'EXHAUST_TOO_MANY_OPEN_REQUESTS' },
  });
  await deaf.kill();
  const able = stage.start('serve', { EXHAUST_OPEN_REQUESTS_MAX: '2' });
  const later = await callerOf(able);
  for (const each of [result, second.result]) {
    expect(await later.untilEnded(each)).toMatchObject({ status: 'SUCCESS', attempts: 1 });
  }
  expect((await later.submit({ ...wanted, requestedBy: 'official-third' })).status).toBe(200);
  await able.kill();
});

it('tries three times what may help, then says why it failed, and forgets the password', async () => {
  const service = stage.start('serve', { REDIS_URL: 'redis://127.0.0.1:1' });
  const caller = await callerOf(service);
  const { result } = await caller.submit({ ...wanted, dataset: 'progress-exhaust', encryptionKey });
  const ended = await caller.untilEnded(result);
  expect(ended).toMatchObject({ status: 'FAILED', attempts: 3, downloadUrls: [] });
  expect(ended.statusMessage).toMatch(/^something it needs did not answer \(CATALOGUE\.\w+\) \(after 3 tries\)$/);
  const stored = await stage.reports.session.one(
    { cql: 'SELECT password_box FROM exhaust_request WHERE tag = ? AND request_id = ?', idempotent: true },
    [result.tag, result.requestId],
  );
  expect(stored).toEqual({ password_box: null });
  await service.kill();
});

it('fails at once, and names the object, when the archive lacks one', async () => {
  const lost = Array.from({ length: 3 }, (_, index) =>
    aVersion(`lost-${index}`, index, { courseId, batchId: 'batch-2' }),
  );
  const week = isoWeekOf(lost[0]?.updatedOnMs ?? 0);
  const manifest = await stage.reports.archive({ batchId: 'batch-2', collectionId: courseId, week }, lost);
  const key = manifest.objects[0]?.key ?? '';
  await stage.reports.storage.remove(key);
  const service = stage.start('serve');
  const caller = await callerOf(service);
  const asked = { ...wanted, tag: `${courseId}_batch-2`, datasetConfig: { batchId: 'batch-2' } };
  const ended = await caller.untilEnded((await caller.submit(asked)).result);
  expect(ended).toMatchObject({ status: 'FAILED', attempts: 1, downloadUrls: [] });
  expect(ended.statusMessage).toContain(key);
  expect(await keysOf(ended.requestId)).toEqual([]);
  await service.kill();
});
