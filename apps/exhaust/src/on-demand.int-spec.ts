import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CassandraDownloadLog } from '@scorekeep/core/adapter-cassandra';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { csvLine, responseColumns } from '@scorekeep/core/domain-exhaust';
import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aVersion } from '@scorekeep/core/testing-core';
import { findSevenZip } from '@scorekeep/platform/testing-platform';
import { parse } from 'csv-parse/sync';
import { DemandCaller, DemandStage, type SeenRequest } from './demand-stage.fixture';
import { type ExhaustProcess } from './exhaust-process.fixture';

jest.setTimeout(180_000);

const courseId = 'do_course';
const password = 'correct horse battery';
const wanted = {
  tag: `${courseId}_batch-1`,
  requestedBy: 'official-1',
  dataset: 'response-exhaust',
  datasetConfig: { batchId: 'batch-1' },
};

const rowsOf = (batchId: string, count: number): WrittenAttempt[] =>
  Array.from({ length: count }, (_, index) => aVersion(`learner-${index}`, index, { courseId, batchId }));
const learnersIn = (csv: Buffer | string) =>
  parse<Record<string, string>>(csv, { columns: true })
    .map((row) => row['User UUID'])
    .sort();
const namesOf = (rows: readonly WrittenAttempt[]) => rows.map(({ userId }) => userId).sort();

async function fetched(url: string | undefined): Promise<Buffer> {
  const response = await fetch(url ?? '');
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

describe.each<{ layout: StorageLayout; provider: StorageProvider }>([
  { layout: 'unified', provider: 'local' },
  { layout: 'split', provider: 's3' },
])('reports on demand, $layout layout, $provider store', ({ layout, provider }) => {
  const first = rowsOf('batch-1', 30);
  const second = rowsOf('batch-2', 5);
  let stage: DemandStage;
  let service: ExhaustProcess;
  let base: string;
  let caller: DemandCaller;

  beforeAll(async () => {
    stage = await DemandStage.open(process.env, layout, provider);
    service = stage.start('serve');
    const { reports } = stage;
    await reports.insert([...first, ...second]);
    for (const { userId, batchId } of [...first, ...second]) {
      await reports.put('user_enrolments', { userid: userId, courseid: courseId, batchid: batchId, active: true });
    }
    for (const batchid of ['batch-1', 'batch-2', 'batch-3']) {
      await reports.put('course_batch', { courseid: courseId, batchid, name: 'Autumn' });
    }
    const archived = first.slice(0, 10);
    const week = isoWeekOf(archived[0]?.updatedOnMs ?? 0);
    await reports.archive({ batchId: 'batch-1', collectionId: courseId, week }, archived);
    await reports.delete(archived);
    base = await stage.url(service);
    caller = new DemandCaller(base);
  });
  afterAll(() => stage.close());

  it('makes a report of archived and live answers, whose link works and is recorded', async () => {
    const { status, id, result } = await caller.submit(wanted);
    const named = 'do_course_batch-1|response-exhaust|official-1|channel-1|{"batchId":"batch-1"}|csv';
    expect({ status, id, result }).toMatchObject({
      status: 200,
      id: 'api.dataset.request.submit',
      result: {
        requestId: createHash('md5').update(named).digest('hex').toUpperCase(),
        tag: 'do_course_batch-1:channel-1',
        ...{ dataset: 'response-exhaust', requestedBy: 'official-1', requestedChannel: 'channel-1' },
        ...{ status: 'SUBMITTED', downloadUrls: [], expiresAt: null, datasetConfig: { batchId: 'batch-1' } },
      },
    });
    const ended = await caller.untilEnded(result);
    expect(ended).toMatchObject({ status: 'SUCCESS', attempts: 1, progress: { percent: 100, rows: 30 } });
    expect(ended.downloadUrls).toHaveLength(1);
    expect(ended.expiresAt).toBeGreaterThan(Date.now());
    expect(learnersIn(await fetched(ended.downloadUrls[0]))).toEqual(namesOf(first));
    const entries = [];
    const log = new CassandraDownloadLog(stage.reports.session);
    for await (const entry of log.ofRequest(result.requestId)) entries.push(entry);
    expect(entries[0]).toMatchObject({ userId: 'official-1', channel: 'channel-1', tag: result.tag });
    expect(entries.some(({ fetchedOnMs }) => fetchedOnMs !== null)).toBe(provider === 'local');
  });

  it('runs again after an end, in a place of its own', async () => {
    const before = (await caller.submit(wanted)).result;
    const one = await caller.untilEnded(before);
    const two = await caller.untilEnded((await caller.submit(wanted)).result);
    expect(two).toMatchObject({ requestId: one.requestId, status: 'SUCCESS' });
    const placeOf = ({ downloadUrls }: SeenRequest) => new URL(downloadUrls[0] ?? '').pathname;
    expect(placeOf(two)).not.toBe(placeOf(one));
    expect(two.jobStats.dtJobSubmitted).toBeGreaterThan(one.jobStats.dtJobSubmitted);
  });

  it('gives a file and a link for each of several batches, the header alone for one without answers', async () => {
    const datasetConfig = { batchFilter: ['batch-1', 'batch-2', 'batch-3'] };
    const asked = { ...wanted, datasetConfig, output_format: 'csv.gz' };
    const ended = await caller.untilEnded((await caller.submit(asked, '/v1/jobrequest/submit')).result);
    expect(ended).toMatchObject({ status: 'SUCCESS', statusMessage: 'no rows but the header: batch batch-3' });
    const files = await Promise.all(ended.downloadUrls.map(fetched));
    const texts = files.map((file) => execFileSync('gunzip', { input: file }).toString());
    expect(texts.map(learnersIn)).toEqual([namesOf(first), namesOf(second), []]);
    expect(texts[2]).toBe(csvLine(responseColumns));
  });

  it('makes progress reports, and Parquet', async () => {
    const progress = { ...wanted, dataset: 'progress-exhaust' };
    const ended = await caller.untilEnded((await caller.submit(progress)).result);
    expect(learnersIn(await fetched(ended.downloadUrls[0]))).toEqual(namesOf(first));
    expect(ended.downloadUrls[0]).toMatch(provider === 'local' ? /download/ : /batch-1_progress_\d{8}\.csv\?/);
    const parquet = await caller.untilEnded((await caller.submit({ ...wanted, output_format: 'parquet' })).result);
    const file = await fetched(parquet.downloadUrls[0]);
    expect([file.subarray(0, 4).toString(), file.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  });

  it('encrypts with the password, keeps it nowhere, and names it in no log', async () => {
    const asked = {
      ...wanted,
      tag: `${courseId}_batch-2`,
      datasetConfig: { batchId: 'batch-2' },
      encryptionKey: password,
    };
    const { result, text } = await caller.submit(asked);
    expect(text).not.toContain(password);
    const ended = await caller.untilEnded(result);
    const zip = join(stage.reports.folder, 'report.zip');
    writeFileSync(zip, await fetched(ended.downloadUrls[0]));
    expect(readFileSync(zip).includes('learner-1')).toBe(false);
    const opened = execFileSync(findSevenZip(), ['x', '-so', `-p${password}`, zip], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(learnersIn(opened)).toEqual(namesOf(second));
    expect(service.output).not.toContain(password);
    const row = await stage.reports.session.one(
      { cql: 'SELECT * FROM exhaust_request WHERE tag = ? AND request_id = ?', idempotent: true },
      [result.tag, result.requestId],
    );
    expect(row).toMatchObject({ password_box: null, password_digest: null, state: 'SUCCESS' });
    expect(readdirSync(stage.reports.folder)).toEqual(['report.zip']);
  });

  it('lists the requests of a tag, page by page, also by its other name', async () => {
    for (const requestedBy of ['official-2', 'official-3']) {
      await caller.untilEnded((await caller.submit({ ...wanted, requestedBy })).result);
    }
    type Page = { count: number; jobs: SeenRequest[]; cursor?: string };
    const whole = await caller.ask<Page>(`/dataset/v1/request/list/${wanted.tag}`);
    expect(whole.id).toBe('api.dataset.request.list');
    const firstPage = await caller.ask<Page>(`/v1/jobrequest/list/${wanted.tag}:channel-1?limit=2`);
    const rest = await caller.ask<Page>(`/v1/jobrequest/list/${wanted.tag}?limit=2&cursor=${firstPage.result.cursor}`);
    const ids = (page: { result: Page }) => page.result.jobs.map(({ requestId }) => requestId);
    expect([...ids(firstPage), ...ids(rest)]).toEqual(ids(whole).slice(0, 4));
    expect(whole.result.jobs.map(({ requestedBy }) => requestedBy).slice(0, 2)).toEqual(['official-3', 'official-2']);
  });

  it('shows nothing of a channel to another', async () => {
    const other = new DemandCaller(base, { 'x-authenticated-userid': 'official-1', 'x-channel-id': 'channel-2' });
    const { result } = await caller.submit(wanted);
    const { downloadUrls } = await caller.untilEnded(result);
    for (const tag of [wanted.tag, result.tag]) {
      expect(await other.read({ tag, requestId: result.requestId })).toMatchObject({
        status: 404,
        responseCode: 'RESOURCE_NOT_FOUND',
        params: { err: 'EXHAUST_NOT_FOUND' },
      });
      expect((await other.ask(`/dataset/v1/request/list/${tag}`)).status).toBe(404);
    }
    if (provider === 'local') {
      const response = await fetch(downloadUrls[0] ?? '', { headers: { 'x-channel-id': 'channel-2' } });
      expect(response.status).toBe(404);
      expect((await fetch(`${downloadUrls[0] ?? ''}x`)).status).toBe(404);
    }
  });
});
