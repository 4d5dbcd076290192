import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  aWrittenAttempt,
  InMemoryByteStreams,
  segmentOptions,
  WatchedSource,
} from '@scorekeep/core/testing-core';
import {
  type ArchiveStorage,
  type PutOptions,
  storageUnavailable,
  type StoredObject,
} from '@scorekeep/platform/domain-storage';
import { bodyOf, InMemoryArchiveStorage, readAll } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import { type Manifest } from './manifest';
import { type SegmentOptions, SegmentWriter } from './segment-writer';

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

class WrappingStorage extends InMemoryArchiveStorage {
  override async put(key: string, body: AsyncIterable<Uint8Array>, given?: PutOptions): Promise<StoredObject> {
    try {
      return await super.put(key, body, given);
    } catch (cause) {
      throw storageUnavailable({ address: 'here', setting: 'S3_ENDPOINT' }, cause);
    }
  }
}

/** Confirms or states another length than it took. */
class LyingStorage extends InMemoryArchiveStorage {
  constructor(
    private readonly lie: 'put' | 'stat' | 'lose' | 'stop-early',
    private readonly suffix = '.csv.gz',
  ) {
    super();
  }

  override async put(key: string, body: AsyncIterable<Uint8Array>, given?: PutOptions): Promise<StoredObject> {
    if (!key.endsWith(this.suffix)) return super.put(key, body, given);
    if (this.lie === 'stop-early') return super.put(key, bodyOf('nothing'), given);
    const stored = await super.put(key, body, given);
    if (this.lie === 'lose') await this.remove(key);
    return this.lie === 'put' ? { ...stored, bytes: stored.bytes - 1 } : stored;
  }

  override async stat(key: string): Promise<StoredObject | undefined> {
    const stated = await super.stat(key);
    return stated && this.lie === 'stat' && key.endsWith(this.suffix) ? { ...stated, bytes: stated.bytes + 1 } : stated;
  }
}

describe('SegmentWriter with a failing store or source', () => {
  it('throws what the rows threw, also when the store wraps it', async () => {
    const failure = new AppError('CASSANDRA.TIMEOUT', 'too slow', { retryable: true });
    const source = new WatchedSource(someRows(3), failure);
    await expect(write(new WrappingStorage(), source)).rejects.toBe(failure);
    const backwards = write(new WrappingStorage(), someRows(3).reverse());
    await expect(backwards).rejects.toMatchObject({ code: 'ARCHIVE.OUT_OF_ORDER' });
  });

  it.each(['put', 'stat', 'lose', 'stop-early'] as const)(
    'finds that the store holds something else: %s',
    async (lie) => {
      const source = new WatchedSource(someRows(3));
      const storage = new LyingStorage(lie);
      await expect(write(storage, source)).rejects.toMatchObject({
        code: 'ARCHIVE.CORRUPTED',
        context: { object: `memory://${folder}/2021-5-1613000000000.csv.gz` },
      });
      expect(source.closed).toBe(1);
    },
  );

  it('finds that of write times too', async () => {
    const storage = new LyingStorage('put', '.writetimes.gz');
    await expect(write(storage, someRows(3))).rejects.toMatchObject({ code: 'ARCHIVE.CORRUPTED' });
  });

  it('leaves an object of the same name as it is', async () => {
    const storage = new InMemoryArchiveStorage();
    const key = `${folder}/2021-5-1613000000000.csv.gz`;
    await storage.put(key, bodyOf('older'));
    await expect(write(storage, someRows(1))).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
    await expect(storage.stat(key)).resolves.toMatchObject({ bytes: 5 });
  });
});

describe('the manifest', () => {
  const manifestKey = `${folder}/2021-5-1.manifest.json`;

  it('is not published a second time for one iteration', async () => {
    const storage = new InMemoryArchiveStorage();
    await write(storage, someRows(3));
    const before = await readAll(await storage.open(manifestKey));
    await expect(write(storage, someRows(4), { epochMs: 1613000000001 })).rejects.toMatchObject({
      code: 'ARCHIVE.ALREADY_PUBLISHED',
      context: { object: `memory://${manifestKey}` },
    });
    await expect(readAll(await storage.open(manifestKey))).resolves.toEqual(before);
    await expect(write(storage, someRows(4), { epochMs: 1613000000002, iteration: 2 })).resolves.toMatchObject({
      rows: 4,
    });
  });

  it('counts as published when the store refuses what it took before', async () => {
    class RepeatingStorage extends InMemoryArchiveStorage {
      override async put(key: string, body: AsyncIterable<Uint8Array>, given?: PutOptions): Promise<StoredObject> {
        const bytes = await readAll(body);
        if (key === manifestKey) await super.put(key, bodyOf(bytes), given);
        return super.put(key, bodyOf(bytes), given);
      }
    }
    await expect(write(new RepeatingStorage(), someRows(2))).resolves.toMatchObject({ rows: 2 });
  });

  it('is an error when it reads back differently, or not at all', async () => {
    class ForgetfulStorage extends InMemoryArchiveStorage {
      constructor(private readonly found: string | undefined) {
        super();
      }
      override async open(key: string): Promise<AsyncIterable<Uint8Array>> {
        return this.found === undefined ? super.open('gone') : Promise.resolve(bodyOf(key && this.found));
      }
    }
    await expect(write(new ForgetfulStorage('{}'), someRows(2))).rejects.toMatchObject({ code: 'ARCHIVE.CORRUPTED' });
    await expect(write(new ForgetfulStorage(undefined), someRows(2))).rejects.toMatchObject({
      code: 'ARCHIVE.MISSING_OBJECT',
    });
  });
});
