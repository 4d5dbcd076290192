import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import {
  type ArchiveStorage,
  type ByteStreams,
  isStorageError,
  storageErrorCodes,
} from '@scorekeep/platform/domain-storage';
import { corrupted } from './archive.errors';
import { batchFolder, batchPrefix, objectSuffixes } from './object-keys';
import { type ReferenceFile, ReferenceFiles } from './reference-files.port';
import { decodeRows } from './row-decoder';

/** The reference's files in object storage, one row in memory at a time. */
export class StorageReferenceFiles extends ReferenceFiles {
  /** @param prefix of all keys, without a `/` at its end */
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly streams: ByteStreams,
    private readonly prefix: string,
  ) {
    super();
  }

  override async list(batchId: string, collectionId?: string): Promise<ReferenceFile[]> {
    const { prefix } = this;
    const start =
      collectionId === undefined ? batchPrefix(prefix, batchId) : `${batchFolder(prefix, batchId, collectionId)}/`;
    const found: ReferenceFile[] = [];
    for await (const { key, bytes } of this.storage.list(start)) {
      if (key.endsWith(objectSuffixes.rows['csv.gz'])) found.push({ key, bytes });
    }
    return found;
  }

  override async *rows({ key }: ReferenceFile): AsyncGenerator<StoredAttempt> {
    const location = this.storage.urlOf(key);
    const content = this.streams.gunzip(await this.storage.open(key));
    try {
      yield* decodeRows(content, { location, dialect: 'backslash' });
    } catch (thrown) {
      if (!isStorageError(thrown, storageErrorCodes.corrupted)) throw thrown;
      throw corrupted(location, 'it cannot be unpacked', thrown);
    }
  }
}
