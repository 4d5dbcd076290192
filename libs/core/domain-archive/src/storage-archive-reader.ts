import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { type ArchiveStorage, type ByteStreams } from '@scorekeep/platform/domain-storage';
import { ArchiveReader } from './archive-reader.port';
import { corrupted } from './archive.errors';
import { type BatchWeek, type Manifest, type ManifestObject } from './manifest';
import { readManifest } from './manifest-store';
import { batchFolder, batchPrefix, objectSuffixes, weekPrefix } from './object-keys';
import { RowChecks } from './row-checks';
import { decodeRows } from './row-decoder';
import { type RowKeyOrder } from './row-order';
import { type Stores } from './object-upload';
import { verifiedContent, verifiedParquet } from './verified-content';
import { sortInPasses } from './sort-in-passes';
import { readWriteTimes } from './write-time-lines';

export interface StorageArchiveReaderOptions {
  /** Of all keys, without a `/` at its end. */
  readonly prefix: string;
  /** The order that the rows of an object must be in. */
  readonly order: RowKeyOrder;
}

/** Reads the archive from object storage, one row in memory at a time. */
export class StorageArchiveReader extends ArchiveReader {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly streams: ByteStreams,
    private readonly options: StorageArchiveReaderOptions,
  ) {
    super();
  }

  async manifests(batchId: string, collectionId?: string): Promise<Manifest[]> {
    const { prefix } = this.options;
    const start =
      collectionId === undefined ? batchPrefix(prefix, batchId) : `${batchFolder(prefix, batchId, collectionId)}/`;
    return this.manifestsUnder(
      start,
      (manifest) =>
        manifest.batchId === batchId && (collectionId === undefined || manifest.collectionId === collectionId),
    );
  }

  async weekManifests(batchWeek: BatchWeek): Promise<Manifest[]> {
    const { batchId, collectionId } = batchWeek;
    const found = await this.manifestsUnder(
      weekPrefix(this.options.prefix, batchWeek),
      (manifest) => manifest.batchId === batchId && manifest.collectionId === collectionId,
    );
    return found.sort((left, right) => left.iteration - right.iteration);
  }

  /**
   * Checked: length and SHA-256 of the object and of its content, header, number and order of the rows, and that each
   * is of the manifest's batch, collection and week.
   *
   * @throws ARCHIVE.MISSING_OBJECT; ARCHIVE.CORRUPTED naming the object's URL and what differs, at the latest after the
   *   last row; STORAGE.* when the store fails, also while reading
   */
  async *rows(manifest: Manifest, object: ManifestObject): AsyncGenerator<StoredAttempt> {
    if (manifest.origin === 'reference') {
      yield* this.adoptedRows(manifest, object);
      return;
    }
    const location = this.storage.urlOf(object.key);
    const checks = new RowChecks(manifest, this.options.order);
    let count = 0;
    const rows =
      manifest.format === 'parquet'
        ? verifiedParquet(this.stores, object)
        : decodeRows(this.content(object), { location, columns: manifest.columns, lazyAnswers: true });
    for await (const row of rows) {
      count += 1;
      const problem = checks.problemOf(row);
      if (problem) throw corrupted(location, `row ${count} ${problem.words}`);
      yield row;
    }
    if (count !== object.rows) throw corrupted(location, `it has ${count} rows instead of ${object.rows}`);
  }

  /** The reference writes rows in any order, a week's late rows among them; it is sorted here. */
  private adoptedRows(manifest: Manifest, object: ManifestObject): AsyncGenerator<StoredAttempt> {
    const location = this.storage.urlOf(object.key);
    const read = async function* (this: StorageArchiveReader): AsyncGenerator<StoredAttempt> {
      let count = 0;
      for await (const row of decodeRows(this.content(object), { location, dialect: 'backslash' })) {
        count += 1;
        const isOurs = row.batchId === manifest.batchId && row.courseId === manifest.collectionId;
        if (!isOurs) throw corrupted(location, `row ${count} is of another batch or collection`);
        yield row;
      }
      if (count !== object.rows) throw corrupted(location, `it has ${count} rows instead of ${object.rows}`);
    };
    return sortInPasses(() => read.call(this), this.options.order);
  }

  /** The same checks, and those of the write times' object. @throws as `rows` */
  async *writtenRows(manifest: Manifest, object: ManifestObject): AsyncGenerator<WrittenAttempt> {
    const location = this.storage.urlOf(object.writeTimes.key);
    const tooFew = (): Error =>
      corrupted(location, `it has not as many write times as there are rows (${object.rows})`);
    const writeTimes = readWriteTimes(this.content(object.writeTimes), location);
    try {
      for await (const row of this.rows(manifest, object)) {
        const next = await writeTimes.next();
        if (next.done) throw tooFew();
        // The same object: a copy would build its answers.
        yield Object.assign(row, { writeTimeUs: next.value });
      }
      if (!(await writeTimes.next()).done) throw tooFew();
    } finally {
      await writeTimes.return(undefined);
    }
  }

  private async manifestsUnder(start: string, isWanted: (manifest: Manifest) => boolean): Promise<Manifest[]> {
    const found: Manifest[] = [];
    for await (const { key } of this.storage.list(start)) {
      if (!key.endsWith(objectSuffixes.manifest)) continue;
      const manifest = await readManifest(this.storage, key);
      if (isWanted(manifest)) found.push(manifest);
    }
    return found;
  }

  private content(object: ManifestObject | ManifestObject['writeTimes']): AsyncIterable<Uint8Array> {
    return verifiedContent(this.stores, object);
  }

  private get stores(): Stores {
    return { storage: this.storage, streams: this.streams };
  }
}
