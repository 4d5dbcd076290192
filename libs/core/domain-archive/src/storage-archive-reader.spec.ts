import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  anyStoredAttempt,
  archivedOnMs,
  archiveOrder,
  archiveRows,
  aWrittenAttempt,
  InMemoryByteStreams,
} from '@scorekeep/core/testing-core';
import { objectTruncated } from '@scorekeep/platform/domain-storage';
import { bodyOf, collect, InMemoryArchiveStorage, readAll } from '@scorekeep/platform/testing-platform';
import * as fc from 'fast-check';
import { type Manifest, type ManifestObject } from './manifest';
import { encodeManifest } from './manifest-codec';
import { type RowKeyOrder } from './row-order';
import { StorageArchiveReader } from './storage-archive-reader';

const streams = new InMemoryByteStreams();
const readerOf = (storage: InMemoryArchiveStorage, order: RowKeyOrder = archiveOrder): StorageArchiveReader =>
  new StorageArchiveReader(storage, streams, { prefix: 'archival', order });
const threeRows = ['one', 'two', 'three'].map((userId) => aWrittenAttempt(userId));

/** An archive of three rows in one object. */
async function archived(): Promise<{ storage: InMemoryArchiveStorage; manifest: Manifest; object: ManifestObject }> {
  const storage = new InMemoryArchiveStorage();
  const manifest = await archiveRows(storage, threeRows);
  const [object] = manifest.objects;
  if (!object) throw new Error('there was no object');
  return { storage, manifest, object };
}

const replace = (storage: InMemoryArchiveStorage, key: string, bytes: Uint8Array): Promise<unknown> =>
  storage.put(key, bodyOf(bytes), { replace: true });

describe('StorageArchiveReader.manifests', () => {
  it('gives those of a batch in key order, of one collection when it is named', async () => {
    const storage = new InMemoryArchiveStorage();
    const rows = [aWrittenAttempt('one', { courseId: 'c2' }), aWrittenAttempt('one', { courseId: 'c1' })];
    const [second, first] = await Promise.all(rows.map((each) => archiveRows(storage, [each])));
    const again = await archiveRows(storage, [aWrittenAttempt('two', { courseId: 'c1' })], { iteration: 2 });
    const reader = readerOf(storage);
    await expect(reader.manifests('batch-1')).resolves.toEqual([first, again, second]);
    await expect(reader.manifests('batch-1', 'c1')).resolves.toEqual([first, again]);
    await expect(reader.manifests('batch-1', 'c')).resolves.toEqual([]);
    await expect(reader.manifests('batch')).resolves.toEqual([]);
  });

  it('tells batches apart that share a folder or the beginning of one', async () => {
    const storage = new InMemoryArchiveStorage();
    const one = await archiveRows(storage, [aWrittenAttempt('x', { batchId: 'a', courseId: 'b_c' })]);
    const other = await archiveRows(storage, [aWrittenAttempt('x', { batchId: 'a_b', courseId: 'c' })], {
      iteration: 2,
    });
    const longer = await archiveRows(storage, [aWrittenAttempt('x', { batchId: 'a_b_c', courseId: 'd' })]);
    const reader = readerOf(storage);
    await expect(reader.manifests('a')).resolves.toEqual([one]);
    await expect(reader.manifests('a_b')).resolves.toEqual([other]);
    await expect(reader.manifests('a_b', 'c')).resolves.toEqual([other]);
    await expect(reader.manifests('a_b_c')).resolves.toEqual([longer]);
  });

  it('ignores objects that no manifest names', async () => {
    const { storage, manifest } = await archived();
    await storage.put('archival/batch-1_do_course/2021-5-1.csv.gz', bodyOf('unfinished'));
    await expect(readerOf(storage).manifests('batch-1')).resolves.toEqual([manifest]);
  });

  it('fails when one cannot be read, and names it', async () => {
    const { storage, manifest } = await archived();
    await replace(storage, manifest.key, new TextEncoder().encode('{'));
    await expect(readerOf(storage).manifests('batch-1')).rejects.toMatchObject({
      code: 'ARCHIVE.UNREADABLE_MANIFEST',
      message: `memory://${manifest.key} cannot be read: it is no JSON`,
    });
  });

  it('fails when one was copied from another key', async () => {
    const { storage, manifest } = await archived();
    await storage.put('archival/batch-1_do_course/2021-5-2.manifest.json', bodyOf(encodeManifest(manifest)));
    await expect(readerOf(storage).manifests('batch-1')).rejects.toMatchObject({ code: 'ARCHIVE.UNREADABLE_MANIFEST' });
  });
});

describe('StorageArchiveReader.weekManifests', () => {
  const week = (isoWeek: number) => ({ batchId: 'a', collectionId: 'b_c', week: { isoYear: 2021, isoWeek } });
  const rowOf = (ids: { readonly batchId: string; readonly courseId: string }, day: string) =>
    aWrittenAttempt('x', { ...ids, updatedOnMs: Date.parse(day) });

  it('gives those of the week in order of iteration, not those of another week or of a batch with the same folder', async () => {
    const storage = new InMemoryArchiveStorage();
    const ids = { batchId: 'a', courseId: 'b_c' };
    const tenth = await archiveRows(storage, [rowOf(ids, '2021-02-03')], { iteration: 10 });
    const second = await archiveRows(storage, [rowOf(ids, '2021-02-03')], { iteration: 2 });
    await archiveRows(storage, [rowOf(ids, '2021-12-28')]);
    await archiveRows(storage, [rowOf({ batchId: 'a_b', courseId: 'c' }, '2021-02-03')], { iteration: 3 });
    await expect(readerOf(storage).weekManifests(week(5))).resolves.toEqual([second, tenth]);
    await expect(readerOf(storage).weekManifests(week(6))).resolves.toEqual([]);
  });

  it('fails when one cannot be read, and does not look at those of other weeks', async () => {
    const storage = new InMemoryArchiveStorage();
    const manifest = await archiveRows(storage, [rowOf({ batchId: 'a', courseId: 'b_c' }, '2021-02-03')]);
    await replace(storage, manifest.key, new TextEncoder().encode('{'));
    await expect(readerOf(storage).weekManifests(week(5))).rejects.toMatchObject({
      code: 'ARCHIVE.UNREADABLE_MANIFEST',
    });
    await expect(readerOf(storage).weekManifests(week(52))).resolves.toEqual([]);
  });
});

describe('StorageArchiveReader.rows', () => {
  it('gives what was archived, with and without write times', async () => {
    const attempts = fc.uniqueArray(fc.tuple(anyStoredAttempt, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), {
      minLength: 1,
      maxLength: 8,
      selector: ([{ userId, contentId, attemptId }]) => JSON.stringify([userId, contentId, attemptId]),
    });
    await fc.assert(
      fc.asyncProperty(attempts, fc.integer({ min: 1, max: 2000 }), async (found, maxObjectBytes) => {
        const storage = new InMemoryArchiveStorage();
        const rows = found.map(([attempt, writeTimeUs]) => ({
          ...attempt,
          batchId: 'b',
          courseId: 'c',
          updatedOnMs: archivedOnMs,
          writeTimeUs,
        }));
        await archiveRows(storage, rows, { maxObjectBytes });
        const reader = readerOf(storage);
        const [manifest] = await reader.manifests('b', 'c');
        const written: WrittenAttempt[] = [];
        const stored: StoredAttempt[] = [];
        for (const object of manifest?.objects ?? []) {
          written.push(...(await collect(reader.writtenRows(manifest as Manifest, object))));
          stored.push(...(await collect(reader.rows(manifest as Manifest, object))));
        }
        rows.sort(archiveOrder);
        expect(written).toEqual(rows);
        expect(stored).toEqual(rows.map(({ writeTimeUs: _without, ...rest }) => rest));
      }),
      { numRuns: 50 },
    );
  });

  it('closes what it reads when it is abandoned', async () => {
    let open = 0;
    class WatchedStorage extends InMemoryArchiveStorage {
      override async open(key: string): Promise<AsyncIterable<Uint8Array>> {
        return watched(await super.open(key));
      }
    }
    const watched = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      open += 1;
      try {
        yield* bytes;
      } finally {
        open -= 1;
      }
    };
    const storage = new WatchedStorage();
    const manifest = await archiveRows(storage, threeRows);
    const [object] = manifest.objects;
    for await (const row of readerOf(storage).writtenRows(manifest, object as ManifestObject)) if (row.userId) break;
    expect(open).toBe(0);
  });
});

describe('StorageArchiveReader with an archive that was altered', () => {
  const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
    bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const repacked = async (bytes: Uint8Array, change: (text: string) => string): Promise<Uint8Array> => {
    const text = new TextDecoder().decode(await readAll(streams.gunzip(bodyOf(bytes))));
    return readAll(streams.gzip(bodyOf(change(text))));
  };

  it.each<[string, (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>]>([
    ['nothing in it', () => new Uint8Array()],
    ['half of it', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['a byte more', (bytes) => Uint8Array.of(...bytes, 0)],
    ['a bit flipped in the middle', (bytes) => flipped(bytes, Math.floor(bytes.length / 2))],
    ['a bit flipped at the end', (bytes) => flipped(bytes, bytes.length - 1)],
    ['a bit of its header flipped, which unpacks all the same', (bytes) => flipped(bytes, 5)],
    ['other content of the same length', (bytes) => repacked(bytes, (text) => text.replace('00', '01'))],
    ['a row less', (bytes) => repacked(bytes, (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1))],
    ['a row more', (bytes) => repacked(bytes, (text) => `${text}x`)],
    ['the same content packed otherwise', (bytes) => readAll(repackedAtTwo(bytes))],
  ])('finds %s, in rows and in write times', async (_what, change) => {
    for (const part of ['rows', 'writeTimes'] as const) {
      const { storage, manifest, object } = await archived();
      const key = part === 'rows' ? object.key : object.writeTimes.key;
      await replace(storage, key, await change(await readAll(await storage.open(key))));
      const reading = collect(readerOf(storage).writtenRows(manifest, object));
      await expect(reading).rejects.toMatchObject({
        code: 'ARCHIVE.CORRUPTED',
        message: expect.stringContaining(`memory://${key} is not what was archived`) as string,
        context: { object: `memory://${key}` },
      });
    }
  });

  /** Two members instead of one: valid gzip of the same content. */
  async function* repackedAtTwo(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    const content = await readAll(streams.gunzip(bodyOf(bytes)));
    yield* streams.gzip(bodyOf(content.subarray(0, 2)));
    yield* streams.gzip(bodyOf(content.subarray(2)));
  }

  it.each(['rows', 'writeTimes'] as const)('finds that the object with %s is not there', async (part) => {
    const { storage, manifest, object } = await archived();
    const key = part === 'rows' ? object.key : object.writeTimes.key;
    await storage.remove(key);
    await expect(collect(readerOf(storage).writtenRows(manifest, object))).rejects.toMatchObject({
      code: 'ARCHIVE.MISSING_OBJECT',
      context: { object: `memory://${key}` },
    });
  });

  it.each<[string, (manifest: Manifest) => Manifest, (object: ManifestObject) => ManifestObject, string]>([
    [
      'another batch',
      (manifest) => ({ ...manifest, batchId: 'other' }),
      (object) => object,
      'row 1 is of another batch',
    ],
    [
      'another collection',
      (manifest) => ({ ...manifest, collectionId: 'other' }),
      (object) => object,
      'row 1 is of another collection',
    ],
    [
      'another week',
      (manifest) => ({ ...manifest, week: { isoYear: 2021, isoWeek: 6 } }),
      (object) => object,
      'row 1 does not belong to week 2021-6',
    ],
    [
      'other columns',
      (manifest) => ({ ...manifest, columns: [...manifest.columns].reverse() }),
      (object) => object,
      'its header names other columns',
    ],
    ['fewer rows', (manifest) => manifest, (object) => ({ ...object, rows: 2 }), 'it has 3 rows instead of 2'],
    ['more rows', (manifest) => manifest, (object) => ({ ...object, rows: 4 }), 'it has 3 rows instead of 4'],
    ['another length', (manifest) => manifest, (object) => ({ ...object, bytes: object.bytes + 1 }), 'the object has'],
    [
      'another hash',
      (manifest) => manifest,
      (object) => ({ ...object, sha256: 'a'.repeat(64) }),
      "the object's SHA-256 is",
    ],
    [
      'shorter content',
      (manifest) => manifest,
      (object) => ({ ...object, content: { ...object.content, bytes: 10 } }),
      'its content is longer than 10 bytes',
    ],
    [
      'longer content',
      (manifest) => manifest,
      (object) => ({ ...object, content: { ...object.content, bytes: 10 ** 9 } }),
      'the content has',
    ],
    [
      'another hash of the content',
      (manifest) => manifest,
      (object) => ({ ...object, content: { ...object.content, sha256: 'b'.repeat(64) } }),
      "the content's SHA-256 is",
    ],
  ])('finds that the manifest says %s', async (_what, changeManifest, changeObject, difference) => {
    const { storage, manifest, object } = await archived();
    await expect(collect(readerOf(storage).rows(changeManifest(manifest), changeObject(object)))).rejects.toMatchObject(
      {
        code: 'ARCHIVE.CORRUPTED',
        message: expect.stringContaining(`memory://${object.key} is not what was archived: ${difference}`) as string,
      },
    );
  });

  it('finds rows out of order, and the same key twice', async () => {
    const { storage, manifest, object } = await archived();
    const reversed: RowKeyOrder = (left, right) => archiveOrder(right, left);
    await expect(collect(readerOf(storage, reversed).rows(manifest, object))).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      message: expect.stringContaining('row 2 is out of order') as string,
    });
    await expect(collect(readerOf(storage, () => 0).rows(manifest, object))).rejects.toMatchObject({
      message: expect.stringContaining('row 2 has the key of the row before') as string,
    });
  });

  it.each([
    ['fewer', 2],
    ['more', 4],
  ])('finds %s write times than rows', async (_what, count) => {
    const { storage, manifest, object } = await archived();
    const lines = await readAll(streams.gzip(bodyOf('1\n'.repeat(count))));
    await replace(storage, object.writeTimes.key, lines);
    const hash = streams.sha256();
    hash.update(lines);
    const writeTimes = { ...object.writeTimes, bytes: lines.length, sha256: hash.hex() };
    await expect(collect(readerOf(storage).writtenRows(manifest, { ...object, writeTimes }))).rejects.toMatchObject({
      code: 'ARCHIVE.CORRUPTED',
      context: { object: `memory://${object.writeTimes.key}` },
    });
  });

  it('passes on that the connection broke, which is no damage', async () => {
    class BrokenStorage extends InMemoryArchiveStorage {
      override async open(key: string): Promise<AsyncIterable<Uint8Array>> {
        return key.endsWith('.csv.gz') ? broken(key, await super.open(key)) : super.open(key);
      }
    }
    const broken = async function* (key: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) yield chunk.subarray(0, 50);
      throw objectTruncated(key, { expected: 1000, received: 50 });
    };
    const storage = new BrokenStorage();
    const manifest = await archiveRows(storage, [aWrittenAttempt('one')]);
    const [object] = manifest.objects;
    await expect(collect(readerOf(storage).rows(manifest, object as ManifestObject))).rejects.toMatchObject({
      code: 'STORAGE.TRUNCATED',
      retryable: true,
    });
  });
});
