import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aVersion } from '@scorekeep/core/testing-core';
import { parse } from 'csv-parse/sync';
import { DemandCaller, DemandStage, type SeenRequest } from './demand-stage.fixture';
import { sendRedis } from './send-redis.fixture';

jest.setTimeout(180_000);

const courseId = 'do_course';
const wanted = { tag: `${courseId}_batch-1`, dataset: 'response-exhaust', datasetConfig: { batchId: 'batch-1' } };

async function enter(stage: DemandStage, rows: readonly WrittenAttempt[], createdfor: readonly string[] = []) {
  await stage.reports.insert(rows);
  for (const { userId, batchId } of rows) {
    const enrolment = { userid: userId, courseid: courseId, batchid: batchId, active: true };
    await stage.reports.put('user_enrolments', enrolment);
    await stage.reports.put('course_batch', { courseid: courseId, batchid: batchId, name: 'Autumn', createdfor });
  }
}

const learnersOf = async (url: string | undefined): Promise<(string | undefined)[]> => {
  const csv = await (await fetch(url ?? '')).text();
  return parse<Record<string, string>>(csv, { columns: true }).map((row) => row['User UUID']);
};

describe.each<{ provider: StorageProvider }>([{ provider: 'local' }, { provider: 's3' }])(
  'a link to a report in the $provider store',
  ({ provider }) => {
    let stage: DemandStage;

    beforeAll(async () => {
      stage = await DemandStage.open(process.env, 'unified', provider);
      await enter(stage, [aVersion('learner-1', 1, { courseId, batchId: 'batch-1' })]);
    });
    afterAll(() => stage.close());

    it('works no longer than EXHAUST_URL_TTL, and reading the request again gives another', async () => {
      const url = await stage.url(stage.start('serve', { EXHAUST_URL_TTL: '5s' }));
      const caller = new DemandCaller(url);
      const ended = await caller.untilEnded((await caller.submit(wanted)).result);
      expect(await learnersOf(ended.downloadUrls[0])).toEqual(['learner-1']);
      while ((await fetch(ended.downloadUrls[0] ?? '')).ok) await delay(100);
      expect(ended.expiresAt).toBeLessThanOrEqual(Date.now());
      const again = (await caller.read(ended)).result;
      expect(again.expiresAt).toBeGreaterThan(ended.expiresAt ?? 0);
      expect(await learnersOf(again.downloadUrls[0])).toEqual(['learner-1']);
    });
  },
);

describe('while a report is made', () => {
  let stage: DemandStage;
  let search: Server;
  let letGo = (): void => undefined;
  const held = new Promise<void>((done) => (letGo = done));

  beforeAll(async () => {
    stage = await DemandStage.open(process.env, 'split', 'local');
    const first = ['a', 'b', 'c'].map((name, index) => aVersion(name, index, { courseId, batchId: 'batch-1' }));
    const second = aVersion('d', 9, { courseId, batchId: 'batch-2', contentId: 'do_held' });
    await enter(stage, [...first, second]);
    search = createServer((request, response) => {
      let asked = '';
      request.on('data', (part) => (asked += String(part)));
      request.on('end', () => {
        const answer = () => response.end(JSON.stringify({ result: { content: [] } }));
        void (asked.includes('do_held') ? held : Promise.resolve()).then(answer);
      });
    });
    await new Promise<void>((listening) => search.listen(0, '127.0.0.1', listening));
  });
  afterAll(async () => {
    await stage.close();
    await new Promise((closed) => search.close(closed));
  });

  it('whoever reads the request sees how far it is', async () => {
    const CONTENT_API_URL = `http://127.0.0.1:${(search.address() as AddressInfo).port}`;
    const caller = new DemandCaller(
      await stage.url(stage.start('serve', { CONTENT_API_URL, EXHAUST_LEASE: '2s', REDIS_URL: undefined })),
    );
    const { result } = await caller.submit({ ...wanted, datasetConfig: { batchFilter: ['batch-1', 'batch-2'] } });
    let seen: SeenRequest = result;
    while (seen.progress.rows === 0) {
      await delay(50);
      seen = (await caller.read(result)).result;
    }
    expect(seen).toMatchObject({ status: 'PROCESSING', progress: { rows: 3 }, downloadUrls: [], expiresAt: null });
    expect(seen.progress.percent).toBeGreaterThanOrEqual(50);
    expect(seen.progress.percent).toBeLessThan(100);
    letGo();
    expect(await caller.untilEnded(result)).toMatchObject({
      status: 'SUCCESS',
      progress: { rows: 4, percent: 100 },
    });
  });
});

describe('whose learners', () => {
  const userDatabase = 11;
  let stage: DemandStage;
  let url: string;
  const profiles: string[] = [];
  const redis = (...commands: string[][]) => sendRedis(process.env['REDIS_URL'] ?? '', userDatabase, commands);
  const userOf = (name: string) => `${stage.prefix}-${name}`;

  async function profileOf(name: string, organisation: string): Promise<void> {
    profiles.push(`user:${userOf(name)}`);
    await redis(['HSET', `user:${userOf(name)}`, 'rootorgid', organisation]);
  }

  beforeAll(async () => {
    stage = await DemandStage.open(process.env, 'unified', 'local');
    const rows = ['a', 'b', 'c'].map((name, index) => aVersion(userOf(name), index, { courseId, batchId: 'batch-1' }));
    await enter(stage, rows, ['org-1']);
    for (const name of ['a', 'b', 'owner']) await profileOf(name, 'org-1');
    for (const name of ['c', 'guest']) await profileOf(name, 'org-2');
    await profileOf('stranger', 'org-3');
    const settings = { AUTH_MODE: 'token', REDIS_USER_DB: String(userDatabase) };
    url = await stage.url(stage.start('serve', settings));
  });
  afterAll(async () => {
    await redis(['DEL', ...profiles]);
    await stage.close();
  });

  it.each([
    { who: 'owner', of: 'the organisation of the batch', learners: ['a', 'b', 'c'] },
    { who: 'guest', of: 'another organisation', learners: ['c'] },
    { who: 'stranger', of: 'an organisation without learners there', learners: [] },
  ])('a report holds for a user of $of, in each dataset: $learners', async ({ who, learners }) => {
    const caller = new DemandCaller(url, { 'x-authenticated-user-token': stage.issuer.tokenOf(userOf(who)) });
    for (const dataset of ['response-exhaust', 'progress-exhaust']) {
      const ended = await caller.untilEnded((await caller.submit({ ...wanted, dataset })).result);
      expect(ended).toMatchObject({ status: 'SUCCESS' });
      expect((await learnersOf(ended.downloadUrls[0])).sort()).toEqual(learners.map(userOf));
    }
  });
});
