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
