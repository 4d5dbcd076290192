import { gzipSync } from 'node:zlib';
import { type BatchWeek } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { bodyOf, InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { archiveFeature, testOptions } from './archive-feature.fixture';
import { TableRows } from './table-rows.fixture';

const dayMs = 24 * 3600 * 1000;
const folder = 'archival/batch-1_do_course';
const header =
  'batch_id,course_id,content_id,user_id,attempt_id,created_on,grand_total,last_attempted_on,total_max_score,total_score,updated_on,question';

/** A line as Sunbird writes it: columns in its own order, ISO times, quotes escaped by backslashes, nulls as text. */
function lineOf(userId: string, given: { batchId?: string; updatedOn?: string; score?: number } = {}): string {
  const { batchId = 'batch-1', updatedOn = new Date(archivedOnMs).toISOString(), score = 5 } = given;
  const question = `"[{\\"id\\":\\"q1\\",\\"assess_ts\\":\\"2021-02-03T09:00:00.000Z\\",\\"max_score\\":10.0,\\"score\\":${score},\\"type\\":null}]"`;
  return [
    batchId,
    'do_course',
    'do_content',
    userId,
    'attempt-1',
    updatedOn,
    `${score}/10`,
    updatedOn,
    '10.0',
    `${score}.0`,
  ]
    .concat(updatedOn, question)
    .join(',');
}
const objectOf = (...lines: string[]): Uint8Array => gzipSync([header, ...lines, ''].join('\n'));

describe('AdoptObject', () => {
  let nowMs: number;
  let table: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(() => {
    nowMs = archivedOnMs + 30 * dayMs;
    table = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    const options = { ...testOptions(archiveOrder, () => (nowMs += 1)), deleteAfterMs: 0 };
    const ports = { streams: new InMemoryByteStreams(), book: new InMemoryScoreBook(), rows: new TableRows(table) };
    feature = archiveFeature({ attempts: table, ledger, storage, order: archiveOrder, ...ports }, options);
  });

  const put = (name: string, bytes: Uint8Array): Promise<unknown> => storage.put(`${folder}/${name}`, bodyOf(bytes));
  const foreign = (): Promise<string[]> => feature.foreignObjects.find([{ batchId: 'batch-1' }]);
  const adopt = async (given: { dryRun?: boolean; isWanted?: (week: BatchWeek) => boolean } = {}) => {
    const outcomes = [];
    for (const key of await foreign()) {
      outcomes.push(await feature.adoptObject.execute(key, { request: 'adopt', isWanted: () => true, ...given }));
    }
    return outcomes;
  };

  async function archived(): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for (const manifest of await feature.reader.manifests('batch-1')) {
      for (const object of manifest.objects) {
        for await (const row of feature.reader.writtenRows(manifest, object)) rows.push(row);
      }
    }
    return rows;
  }

  it('names what Sunbird wrote in a manifest, and its rows are read in row order then', async () => {
    const users = ['d', 'a', 'c', 'b', 'e'];
    await put('2021-5-1613000000000.csv.gz', objectOf(...users.map((user) => lineOf(user))));
    expect(await adopt()).toEqual([{ kind: 'adopted', batchWeek: archivedWeek, rows: 5 }]);
    const rows = await archived();
    expect(rows.map(({ userId }) => userId)).toEqual(
      users
        .map((user) => aWrittenAttempt(user))
        .sort(archiveOrder)
        .map(({ userId }) => userId),
    );
    expect(rows[0]).toMatchObject({ totalScore: 5, updatedOnMs: archivedOnMs, writeTimeUs: 0n });
    expect(rows[0]?.answers).toMatchObject([{ questionId: 'q1', score: 5, maxScore: 10 }]);
    expect(await ledger.find(archivedWeek)).toMatchObject({ archival: 'SUCCESS', rows: 5, owner: null });
    expect(await foreign()).toEqual([]);
    expect(await feature.verifyWeek.execute(archivedWeek, { request: 'verify' })).toMatchObject({ kind: 'verified' });
  });

  it('puts an object into the week of its rows, whatever its name says', async () => {
    const lines = [lineOf('a', { updatedOn: '2022-01-01T10:00:00.000Z' })];
    await put('2022-52-1641200000000.csv.gz', objectOf(...lines));
    expect(await adopt()).toMatchObject([{ batchWeek: { week: { isoYear: 2021, isoWeek: 52 } } }]);
  });

  it('takes a week by its name when rows are of several', async () => {
    const lines = [lineOf('a'), lineOf('b', { updatedOn: '2022-01-01T10:00:00.000Z' })];
    await put('2021-5-1613000000000.csv.gz', objectOf(...lines));
    expect(await adopt()).toMatchObject([{ batchWeek: { week: { isoYear: 2021, isoWeek: 5 } }, rows: 2 }]);
    expect(await archived()).toHaveLength(2);
  });

  it('leaves objects alone that we began or archived ourselves', async () => {
    table.insert(aWrittenAttempt('a'));
    const putOf = storage.put.bind(storage);
    storage.put = async (key, body, options) => {
      if (key.endsWith('.manifest.json')) throw new Error('killed');
      return putOf(key, body, options);
    };
    await feature.archiveWeek.execute(archivedWeek, { request: 'archive' });
    storage.put = putOf;
    expect(await foreign()).toEqual([]);
    await feature.archiveWeek.execute(archivedWeek, { request: 'archive' });
    expect(await foreign()).toEqual([]);
  });

  it('is archived with what is live, and replaced by force', async () => {
    await put('2021-5-1613000000000.csv.gz', objectOf(lineOf('a'), lineOf('b')));
    await adopt();
    table.insert(aWrittenAttempt('c'));
    await feature.archiveWeek.execute(archivedWeek, { request: 'archive', force: true });
    const manifests = await feature.reader.manifests('batch-1');
    expect(manifests.map(({ rows, replaces }) => [rows, replaces?.length])).toEqual([
      [2, undefined],
      [3, 1],
    ]);
  });

  it.each([
    ['is no gzip', new TextEncoder().encode('x')],
    ['is cut off', objectOf(lineOf('a')).slice(0, -9)],
    ['is empty', objectOf()],
    ['lacks a column', gzipSync(`${header.replace(',question', '')}\n`)],
    ['holds rows of two batches', objectOf(lineOf('a'), lineOf('b', { batchId: 'batch-2' }))],
  ])('refuses an object that %s, and records nothing', async (_, bytes) => {
    await put('2021-5-1613000000000.csv.gz', bytes);
    expect(await adopt()).toMatchObject([{ kind: 'failed', error: { code: 'ARCHIVE.CORRUPTED' } }]);
    expect(await ledger.ofBatch('batch-1')).toEqual([]);
    expect(await foreign()).toHaveLength(1);
  });

  it('refuses an object of which nobody can say the week', async () => {
    const lines = [lineOf('a'), lineOf('b', { updatedOn: '2022-01-01T10:00:00.000Z' })];
    await put('2021-99-1613000000000.csv.gz', objectOf(...lines));
    expect(await adopt()).toMatchObject([{ kind: 'failed', error: { code: 'ARCHIVE.CORRUPTED' } }]);
  });

  it('can be repeated when it was killed before the manifest', async () => {
    await put('2021-5-1613000000000.csv.gz', objectOf(lineOf('a')));
    const putOf = storage.put.bind(storage);
    storage.put = async (key, body, options) => {
      if (key.endsWith('.manifest.json')) throw new Error('killed');
      return putOf(key, body, options);
    };
    expect(await adopt()).toMatchObject([{ kind: 'failed' }]);
    expect(await foreign()).toHaveLength(1);
    storage.put = putOf;
    expect(await adopt()).toMatchObject([{ kind: 'adopted' }]);
    expect(await archived()).toHaveLength(1);
  });

  it('writes nothing in a dry run, nor for a batch that was not asked for', async () => {
    await put('2021-5-1613000000000.csv.gz', objectOf(lineOf('a')));
    expect(await adopt({ dryRun: true })).toEqual([{ kind: 'adoptable', batchWeek: archivedWeek, rows: 1 }]);
    expect(await adopt({ isWanted: () => false })).toEqual([{ kind: 'unwanted' }]);
    expect(await foreign()).toHaveLength(1);
  });
});
