import { archiveOrder, archiveRows, aWrittenAttempt, InMemoryByteStreams } from '@scorekeep/core/testing-core';
import { bodyOf, InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { type Manifest } from './manifest';
import { encodeManifest } from './manifest-codec';
import { StorageArchiveReader } from './storage-archive-reader';

const streams = new InMemoryByteStreams();
const readerOf = (storage: InMemoryArchiveStorage): StorageArchiveReader =>
  new StorageArchiveReader(storage, streams, { prefix: 'archival', order: archiveOrder });

/** An archive of one row. */
async function archived(): Promise<{ storage: InMemoryArchiveStorage; manifest: Manifest }> {
  const storage = new InMemoryArchiveStorage();
  return { storage, manifest: await archiveRows(storage, [aWrittenAttempt('one')]) };
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
