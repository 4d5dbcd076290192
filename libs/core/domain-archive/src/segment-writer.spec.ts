import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  anAnswer,
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryByteStreams,
  segmentOptions,
  WatchedSource,
} from '@scorekeep/core/testing-core';
import { type ArchiveStorage, type StoredObject } from '@scorekeep/platform/domain-storage';
import { collect, InMemoryArchiveStorage, readAll } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { type Manifest } from './manifest';
import { csvHeader, encodeRow } from './row-csv';
import { type SegmentOptions, SegmentWriter } from './segment-writer';
import { StorageArchiveReader } from './storage-archive-reader';

const streams = new InMemoryByteStreams();
const folder = 'archival/batch-1_do_course';

const someRows = (count: number): WrittenAttempt[] =>
  Array.from({ length: count }, (_, index) =>
    aWrittenAttempt(`learner-${index}`, { updatedOnMs: archivedOnMs + index, writeTimeUs: BigInt(2000 - index) }),
  ).sort(archiveOrder);
const write = (
  storage: ArchiveStorage,
  source: WatchedSource<WrittenAttempt> | readonly WrittenAttempt[],
  given: Partial<SegmentOptions> = {},
): Promise<Manifest | undefined> =>
  new SegmentWriter(storage, streams, archiveOrder).writeSegments(
    archivedWeek,
    (source instanceof WatchedSource ? source : new WatchedSource(source)).read(),
    { ...segmentOptions, ...given },
  );
const keysIn = async (storage: InMemoryArchiveStorage): Promise<string[]> =>
  (await collect(storage.list(''))).map(({ key }) => key);
const textOf = async (storage: InMemoryArchiveStorage, key: string): Promise<string> =>
  new TextDecoder().decode(await readAll(streams.gunzip(await storage.open(key))));

describe('SegmentWriter', () => {
  it('writes rows, their write times and a manifest that says what they are', async () => {
    const storage = new InMemoryArchiveStorage();
    const rows = someRows(3);
    const manifest = await write(storage, rows);

    const key = `${folder}/2021-5-1613000000000.csv.gz`;
    await expect(keysIn(storage)).resolves.toEqual([
      `${folder}/2021-5-1.manifest.json`,
      key,
      `${folder}/2021-5-1613000000000.writetimes.gz`,
    ]);
    await expect(textOf(storage, key)).resolves.toBe(csvHeader + rows.map(encodeRow).join(''));
    await expect(textOf(storage, `${folder}/2021-5-1613000000000.writetimes.gz`)).resolves.toBe(
      rows.map(({ writeTimeUs }) => `${writeTimeUs}\n`).join(''),
    );
    expect(manifest).toMatchObject({
      ...archivedWeek,
      iteration: 1,
      rows: 3,
      minUpdatedOnMs: archivedOnMs,
      maxUpdatedOnMs: archivedOnMs + 2,
      maxWriteTimeUs: 2000n,
      createdOnMs: segmentOptions.nowMs,
      toolVersion: '0.1.0',
      layout: 'unified',
      table: 'assessment_aggregator',
      objects: [{ key, rows: 3, bytes: (await storage.stat(key))?.bytes }],
    });
  });

  it.each([1, 300, 1000, 5000])('starts a new object before one would exceed %i bytes', async (maxObjectBytes) => {
    const storage = new InMemoryArchiveStorage();
    const rows = someRows(20);
    const manifest = await write(storage, rows, { maxObjectBytes });

    const objects = manifest?.objects ?? [];
    expect(objects.map(({ key }) => key)).toEqual(
      objects.map((_, index) => `${folder}/2021-5-1613000000000${index === 0 ? '' : `-part${index + 1}`}.csv.gz`),
    );
    for (const object of objects) {
      expect(object.content.bytes <= maxObjectBytes || object.rows === 1).toBe(true);
    }
    const reader = new StorageArchiveReader(storage, streams, { prefix: 'archival', order: archiveOrder });
    const read = objects.map((object) => collect(reader.writtenRows(manifest as Manifest, object)));
    expect((await Promise.all(read)).flat()).toEqual(rows);
    expect(objects.length).toBe(maxObjectBytes === 1 ? 20 : Math.ceil(objects.length));
    expect(objects.length).toBeGreaterThan(1);
  });

  it('carries rows of any size through its chunks', async () => {
    const storage = new InMemoryArchiveStorage();
    const rows = [0, 1, 100_000, 255_000, 300_000, 700_000, 10].map((length, index) =>
      aWrittenAttempt(`learner-${index}`, { answers: [anAnswer({ title: 'é'.repeat(length) })] }),
    );
    const manifest = await write(storage, rows.sort(archiveOrder), { maxObjectBytes: 64 * 1024 * 1024 });
    const [object] = manifest?.objects ?? [];
    await expect(textOf(storage, object?.key ?? '')).resolves.toBe(csvHeader + rows.map(encodeRow).join(''));
  });

  it('writes nothing when there is no row', async () => {
    const storage = new InMemoryArchiveStorage();
    const source = new WatchedSource([]);
    await expect(write(storage, source)).resolves.toBeUndefined();
    await expect(keysIn(storage)).resolves.toEqual([]);
    expect(source.closed).toBe(1);
  });

  it('says each name before it uploads, and how many rows it took', async () => {
    const storage = new InMemoryArchiveStorage();
    const named: string[] = [];
    const counts: number[] = [];
    const onObject = async (key: string): Promise<void> => {
      expect(await storage.stat(key)).toBeUndefined();
      named.push(key);
    };
    await write(storage, someRows(4), { maxObjectBytes: 1, onObject, onRows: (rows) => counts.push(rows) });
    expect(named).toHaveLength(8);
    await expect(keysIn(storage)).resolves.toEqual([`${folder}/2021-5-1.manifest.json`, ...[...named].sort()]);
    expect(counts.at(-1)).toBe(4);
    expect([...counts].sort((left, right) => left - right)).toEqual(counts);
  });

  it('uploads nothing when a name could not be recorded', async () => {
    const storage = new InMemoryArchiveStorage();
    const source = new WatchedSource(someRows(2));
    const failure = new AppError('ARCHIVE.LEASE_LOST', 'somebody else has it');
    const onObject = async (): Promise<void> => {
      throw failure;
    };
    await expect(write(storage, source, { onObject })).rejects.toBe(failure);
    await expect(keysIn(storage)).resolves.toEqual([]);
    expect(source.closed).toBe(1);
  });
});

describe('SegmentWriter with rows that do not belong there', () => {
  const good = someRows(2);
  const [first = aWrittenAttempt('x'), second = aWrittenAttempt('y')] = good;

  it.each<[string, WrittenAttempt[], string, RegExp]>([
    ['of another batch', [{ ...first, batchId: 'batch-2' }], 'ARCHIVE.WRONG_ROW', /row 1 .* is of another batch/],
    ['of another collection', [first, { ...second, courseId: 'other' }], 'ARCHIVE.WRONG_ROW', /row 2 .* collection/],
    [
      'of the week before',
      [aWrittenAttempt('x', { updatedOnMs: archivedOnMs - 3 * 86_400_000 })],
      'ARCHIVE.WRONG_ROW',
      /week 2021-5/,
    ],
    [
      'of the week after',
      [aWrittenAttempt('x', { updatedOnMs: archivedOnMs + 5 * 86_400_000 })],
      'ARCHIVE.WRONG_ROW',
      /week 2021-5/,
    ],
    ['of no week', [aWrittenAttempt('x', { updatedOnMs: null })], 'ARCHIVE.WRONG_ROW', /week 2021-5/],
    ['out of order', [second, first], 'ARCHIVE.OUT_OF_ORDER', /row 2 .* is out of order/],
    ['with the same key', [first, { ...first }], 'ARCHIVE.OUT_OF_ORDER', /row 2 .* has the key of the row before/],
    ['that no table holds', [first, { ...second, grandTotal: '\ud800' }], 'ARCHIVE.UNWRITABLE_ROW', /grand_total/],
  ])('refuses rows %s, without a manifest', async (_what, rows, code, words) => {
    const storage = new InMemoryArchiveStorage();
    const source = new WatchedSource(rows);
    const writing = write(storage, source);
    await expect(writing).rejects.toMatchObject({ code });
    await expect(writing).rejects.toThrow(words);
    expect(source.closed).toBe(1);
    expect((await keysIn(storage)).some((key) => key.endsWith('.manifest.json'))).toBe(false);
  });
});

describe('back-pressure', () => {
  class PlainStreams extends InMemoryByteStreams {
    override gzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      return bytes as AsyncGenerator<Uint8Array>;
    }
  }

  /** Takes one chunk, and then refuses. */
  class StoppingStorage extends InMemoryArchiveStorage {
    override async put(_key: string, body: AsyncIterable<Uint8Array>): Promise<StoredObject> {
      for await (const chunk of body) throw new AppError('STORAGE.FULL', `no space after ${chunk.length} bytes`);
      throw new Error('there was no body');
    }
  }

  it('takes no rows beyond what the store has taken', async () => {
    const endless = function* (): Generator<WrittenAttempt> {
      for (let attempt = 1_000_000; ; attempt += 1) yield aWrittenAttempt('learner', { attemptId: String(attempt) });
    };
    const source = new WatchedSource(endless());
    const writer = new SegmentWriter(new StoppingStorage(), new PlainStreams(), archiveOrder);
    const writing = writer.writeSegments(archivedWeek, source.read(), { ...segmentOptions, maxObjectBytes: Infinity });
    await expect(writing).rejects.toMatchObject({ code: 'STORAGE.FULL' });
    const rowBytes = encodeRow(aWrittenAttempt('learner', { attemptId: '1000000' })).length;
    expect(source.given * rowBytes).toBeLessThan(300 * 1024);
    expect(source.closed).toBe(1);
  });
});
