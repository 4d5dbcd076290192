import { type ArchivalRecord, type Manifest } from '@scorekeep/core/domain-archive';
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
import { type PutOptions, type StoredObject } from '@scorekeep/platform/domain-storage';
import { InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { archiveFeature, type TestOptions, testOptions } from './archive-feature.fixture';

const dayMs = 24 * 3600 * 1000;
const run = { request: 'archive --period all' };

/** A store that tells before each put, and fails when it is told to. */
class WatchedStorage extends InMemoryArchiveStorage {
  beforePut: (key: string) => Promise<void> = async () => undefined;

  override async put(key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredObject> {
    await this.beforePut(key);
    return super.put(key, body, options);
  }
}

describe('ArchiveWeek', () => {
  let nowMs: number;
  let attempts: InMemoryBatchAttempts;
  let ledger: InMemoryArchivalLedger;
  let storage: WatchedStorage;
  let options: TestOptions;
  let feature: ReturnType<typeof archiveFeature>;

  beforeEach(() => {
    nowMs = archivedOnMs + 30 * dayMs;
    attempts = new InMemoryBatchAttempts(archiveOrder);
    ledger = new InMemoryArchivalLedger();
    storage = new WatchedStorage();
    options = testOptions(archiveOrder, () => (nowMs += 1));
    feature = another({});
  });

  function another(given: Partial<TestOptions>): ReturnType<typeof archiveFeature> {
    const streams = new InMemoryByteStreams();
    const ports = { book: new InMemoryScoreBook(), rows: new InMemoryAttemptRows(), order: archiveOrder };
    return archiveFeature({ attempts, ledger, storage, streams, ...ports }, { ...options, ...given });
  }

  const archive = (given: object = {}) => feature.archiveWeek.execute(archivedWeek, { ...run, ...given });
  const record = async (): Promise<ArchivalRecord | undefined> => ledger.find(archivedWeek);
  const manifests = (): Promise<Manifest[]> => feature.reader.manifests(archivedWeek.batchId);
  const insert = (...users: string[]): void => users.forEach((user) => attempts.insert(aWrittenAttempt(user)));

  async function archived(): Promise<string[]> {
    const users: string[] = [];
    for (const manifest of await manifests()) {
      for (const object of manifest.objects) {
        for await (const row of feature.reader.writtenRows(manifest, object)) users.push(row.userId);
      }
    }
    return users.sort();
  }

  async function keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of storage.list('')) found.push(key);
    return found;
  }

  it('writes the rows, then the manifest, and marks the week with rows, bytes and request', async () => {
    insert('a', 'b', 'c');
    const puts: string[] = [];
    storage.beforePut = async (key) => void puts.push(key);
    const outcome = await archive();
    const [manifest] = await manifests();
    expect(outcome).toMatchObject({ kind: 'archived', manifest: { rows: 3, iteration: 1 } });
    expect(puts.map((key) => key.replace(/-\d{13}/, '-<ms>'))).toEqual([
      'archival/batch-1_do_course/2021-5-<ms>.csv.gz',
      'archival/batch-1_do_course/2021-5-<ms>.writetimes.gz',
      'archival/batch-1_do_course/2021-5-1.manifest.json',
    ]);
    expect(await record()).toMatchObject({
      archival: 'SUCCESS',
      deletion: 'PENDING',
      iteration: 1,
      rows: 3,
      bytes: manifest?.objects[0]?.bytes,
      request: run.request,
      owner: null,
      error: null,
      objectKeys: puts.slice(0, 2),
    });
  });

  it('records the name of every object before its upload', async () => {
    insert('a');
    const unrecorded: string[] = [];
    storage.beforePut = async (key) => {
      const recorded = (await record())?.objectKeys ?? [];
      if (!key.endsWith('.manifest.json') && !recorded.includes(key)) unrecorded.push(key);
    };
    await archive();
    expect(unrecorded).toEqual([]);
  });

  it('leaves a finished week as it is: objects, record, verification', async () => {
    insert('a', 'b');
    await archive();
    await feature.verifyWeek.execute(archivedWeek, run);
    const [before, objects] = [await record(), await keys()];
    expect(await archive()).toEqual({ kind: 'unchanged', record: before });
    expect(await record()).toEqual(before);
    expect(await keys()).toEqual(objects);
  });

  it('adds an object for late rows alone', async () => {
    insert('a', 'b');
    await archive();
    insert('late');
    attempts.insert(aWrittenAttempt('a', { writeTimeUs: aWrittenAttempt('a').writeTimeUs + 1n, totalScore: 1 }));
    expect(await archive()).toMatchObject({ kind: 'archived', manifest: { rows: 2, iteration: 2 } });
    expect(await archived()).toEqual(['a', 'a', 'b', 'late']);
    expect(await record()).toMatchObject({ archival: 'SUCCESS', iteration: 2, rows: 4 });
    expect(await archive()).toMatchObject({ kind: 'unchanged' });
  });

  it('cuts a week into parts by size', async () => {
    insert('a', 'b', 'c');
    feature = another({ maxObjectBytes: 600 });
    expect(await archive()).toMatchObject({ manifest: { rows: 3 } });
    expect((await manifests())[0]?.objects.length).toBeGreaterThan(1);
    expect(await archived()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['the rows', '.csv.gz'],
    ['the write times', '.writetimes.gz'],
    ['the manifest', '.manifest.json'],
  ])('marks the week FAILED when %s cannot be stored, and finishes it next time', async (_, suffix) => {
    insert('a', 'b');
    storage.beforePut = async (key) => {
      if (key.endsWith(suffix)) throw new AppError('STORAGE.REFUSED', 'no '.repeat(200));
    };
    expect(await archive()).toMatchObject({ kind: 'failed', error: { code: 'STORAGE.REFUSED' } });
    expect(await record()).toMatchObject({ archival: 'FAILED', owner: null, leaseExpiresOnMs: null });
    expect((await record())?.error).toHaveLength(300);
    expect(await manifests()).toEqual([]);

    storage.beforePut = async () => undefined;
    expect(await archive()).toMatchObject({ kind: 'archived' });
    expect(await record()).toMatchObject({ archival: 'SUCCESS', rows: 2, error: null });
    expect(await archived()).toEqual(['a', 'b']);
  });

  it('leaves a week to whoever holds its lease, and takes it over when that has run out', async () => {
    insert('a');
    let release: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    let reached: () => void = () => undefined;
    const uploading = new Promise<void>((resolve) => (reached = resolve));
    storage.beforePut = async () => {
      reached();
      await stuck;
    };
    const dead = another({ owner: 'host/2/dead' }).archiveWeek.execute(archivedWeek, run);
    await uploading;
    expect(await archive()).toMatchObject({ kind: 'busy', untilMs: (await record())?.leaseExpiresOnMs });

    nowMs += options.leaseMs;
    storage.beforePut = async () => undefined;
    expect(await archive()).toMatchObject({ kind: 'archived' });
    const before = await record();

    release();
    expect(await dead).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.LEASE_LOST' } });
    expect(await record()).toEqual(before);
    expect(await archived()).toEqual(['a']);
  });

  it('finishes a week that was cut off between manifest and SUCCESS without writing anything', async () => {
    insert('a', 'b');
    storage.beforePut = async () => undefined;
    await archive();
    const done = await record();
    if (!done) throw new Error('not recorded');
    const cutOff = { ...done, archival: 'RUNNING' as const, owner: 'dead', leaseExpiresOnMs: nowMs - 1, rows: 0 };
    await ledger.save({ ...cutOff, version: done.version + 1 }, done.version);
    const objects = await keys();
    expect(await archive()).toMatchObject({ kind: 'archived', record: { archival: 'SUCCESS', iteration: 1, rows: 2 } });
    expect(await keys()).toEqual(objects);
  });

  it('fails, and says so in the record, when a recorded manifest is gone', async () => {
    insert('a');
    await archive();
    await storage.remove('archival/batch-1_do_course/2021-5-1.manifest.json');
    for (let time = 0; time < 2; time += 1) {
      expect(await archive()).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.MISSING_MANIFEST' } });
      expect(await record()).toMatchObject({
        archival: 'FAILED',
        error: expect.stringContaining('missing') as unknown,
      });
    }
  });

  it('does not call a finished week failed because a server did not answer', async () => {
    insert('a');
    await archive();
    const before = await record();
    storage.open = async () => {
      throw new AppError('STORAGE.UNAVAILABLE', 'no answer', { retryable: true });
    };
    expect(await archive()).toMatchObject({ kind: 'failed', error: { code: 'STORAGE.UNAVAILABLE' } });
    expect(await record()).toEqual(before);
  });

  it('stops at the next row when it is interrupted', async () => {
    insert('a', 'b');
    const interruption = new AbortController();
    storage.beforePut = async () => interruption.abort(new AppError('CLI.INTERRUPTED', 'interrupted by SIGINT'));
    expect(await archive({ signal: interruption.signal })).toMatchObject({ error: { code: 'CLI.INTERRUPTED' } });
    expect(await record()).toMatchObject({ archival: 'PENDING', owner: null, error: null });
    expect(await manifests()).toEqual([]);
  });

  it('records a week without rows as finished', async () => {
    expect(await archive()).toMatchObject({ kind: 'archived', record: { archival: 'SUCCESS', rows: 0 } });
    expect(await keys()).toEqual([]);
  });
});
