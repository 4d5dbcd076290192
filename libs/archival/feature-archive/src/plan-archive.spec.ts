import { type ArchivalRecord, isoWeekOf } from '@scorekeep/core/domain-archive';
import {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryAttemptRows,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { bodyOf, InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { archiveFeature, testOptions } from './archive-feature.fixture';

const weekMs = 7 * 24 * 3600 * 1000;
const run = { request: 'archive' };

describe('PlanArchive', () => {
  let attempts: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: InMemoryArchiveStorage;
  let feature: ReturnType<typeof archiveFeature>;
  const period = { beforeMs: archivedOnMs + 10 * weekMs };

  beforeEach(() => {
    attempts = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new InMemoryArchiveStorage();
    const ports = {
      streams: new InMemoryByteStreams(),
      book: new InMemoryScoreBook(),
      rows: new InMemoryAttemptRows(),
    };
    let nowMs = archivedOnMs + 11 * weekMs;
    const options = testOptions(archiveOrder, () => (nowMs += 1));
    feature = archiveFeature({ attempts, ledger, storage, order: archiveOrder, ...ports }, options);
  });

  const insert = (batchId: string, courseId: string, weeksLater: number): void =>
    attempts.insert(aWrittenAttempt('learner', { batchId, courseId, updatedOnMs: archivedOnMs + weeksLater * weekMs }));

  async function plan(given: object = {}): Promise<string[]> {
    const planned = await feature.planArchive.execute({ period, ...given });
    return planned.map(({ batchId, collectionId, week, reason }) => {
      return `${batchId} ${collectionId} ${week.isoYear}-${week.isoWeek} ${reason}`;
    });
  }

  beforeEach(() => {
    insert('b', 'c2', 0);
    insert('b', 'c1', 1);
    insert('a', 'c1', 0);
  });

  it('finds every batch and week of the period, in order', async () => {
    expect(await plan()).toEqual(['a c1 2021-5 new', 'b c1 2021-6 new', 'b c2 2021-5 new']);
    expect(await plan({ period: { beforeMs: archivedOnMs } })).toEqual([]);
  });

  it('keeps to batches and collections that were asked for', async () => {
    expect(await plan({ batches: [{ batchId: 'b' }] })).toEqual(['b c1 2021-6 new', 'b c2 2021-5 new']);
    const batches = [{ batchId: 'b', collectionId: 'c1' }, { batchId: 'a' }, { batchId: 'none' }];
    expect(await plan({ batches })).toEqual(['a c1 2021-5 new', 'b c1 2021-6 new']);
  });

  it('leaves out what is archived, and has it again when it changed', async () => {
    for (const week of await feature.planArchive.execute({ period })) await feature.archiveWeek.execute(week, run);
    expect(await plan()).toEqual([]);
    attempts.insert(aWrittenAttempt('late', { batchId: 'a', courseId: 'c1' }));
    expect(await plan()).toEqual(['a c1 2021-5 changed']);
  });

  it('has a week whose archival was cut off, also when its rows went to a later week since', async () => {
    storage.put = async () => {
      throw new AppError('STORAGE.FULL', 'full');
    };
    const week = { batchId: 'a', collectionId: 'c1', week: isoWeekOf(archivedOnMs) };
    await feature.archiveWeek.execute(week, run);
    const updatedOnMs = archivedOnMs + 2 * weekMs;
    const writeTimeUs = BigInt(updatedOnMs) * 1000n;
    attempts.insert(aWrittenAttempt('learner', { batchId: 'a', courseId: 'c1', updatedOnMs, writeTimeUs }));
    const batches = [{ batchId: 'a' }];
    expect(await plan({ batches })).toEqual(['a c1 2021-7 new', 'a c1 2021-5 unfinished']);
    await feature.archiveWeek.execute(week, run);
    expect(await plan({ batches })).toEqual(['a c1 2021-7 new']);
  });

  it('plans a batch with an unreadable manifest all the same, so that it fails alone', async () => {
    await storage.put('archival/b_c2/2021-5-1.manifest.json', bodyOf('{'));
    expect(await plan()).toEqual(['a c1 2021-5 new', 'b c1 2021-6 new', 'b c2 2021-5 new']);
    const outcome = await feature.archiveWeek.execute({ ...archivedWeek, batchId: 'b', collectionId: 'c2' }, run);
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.UNREADABLE_MANIFEST' } });
  });

  it('ends when the store does not answer', async () => {
    storage.list = () => {
      throw new AppError('STORAGE.UNAVAILABLE', 'no answer', { retryable: true });
    };
    await expect(plan()).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
  });

  it('estimates bytes from a sample', async () => {
    const planned = await feature.planArchive.execute({ period });
    const bytesPerRow = await feature.estimateBytes.perRow(planned);
    expect(bytesPerRow).toBeGreaterThan(20);
    expect(bytesPerRow).toBeLessThan(1000);
    expect(await feature.estimateBytes.perRow([])).toBe(0);
  });

  it('is the base of what status tells', async () => {
    for (const week of await feature.planArchive.execute({ period })) await feature.archiveWeek.execute(week, run);
    const [record] = (await ledger.ofBatch('a')) as [ArchivalRecord];
    const weeks = await feature.status.execute({ batches: [{ batchId: 'a' }] });
    expect(weeks).toEqual([
      {
        batchId: 'a',
        collectionId: 'c1',
        isoYear: 2021,
        isoWeek: 5,
        archival: 'SUCCESS',
        deletion: 'PENDING',
        rows: 1,
        bytes: record.bytes,
        objects: [expect.stringMatching(/^memory:\/\/archival\/a_c1\/2021-5-\d+\.csv\.gz$/)],
      },
    ]);
    const first = { fromMs: archivedOnMs - weekMs, beforeMs: archivedOnMs + weekMs - 3 * 24 * 3600 * 1000 };
    const some = await feature.status.execute({ period: first });
    expect(some.map(({ batchId, isoWeek }) => [batchId, isoWeek])).toEqual([
      ['a', 5],
      ['b', 5],
    ]);
  });
});
