import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { type ArchiveStorage, type ByteStreams } from '@scorekeep/platform/domain-storage';
import {
  type ArchiveFormat,
  type BatchWeek,
  type Manifest,
  type ManifestObject,
  type ReplacedManifest,
} from './manifest';
import { publishManifest } from './manifest-store';
import { manifestKey, partKey, writeTimesKey } from './object-keys';
import { type Stores, uploadCompressed, type UploadedObject, uploadParquet } from './object-upload';
import { archiveColumns } from './row-csv';
import { type RowKeyOrder } from './row-order';
import { SegmentPart } from './segment-part';
import { SegmentRows } from './segment-rows';

export interface SegmentOptions {
  /** Of all keys, without a `/` at its end. */
  readonly prefix: string;
  /** From 1; names the manifest. */
  readonly iteration: number;
  /** When this archival began, ms since epoch; names the objects. */
  readonly epochMs: number;
  /** Default csv.gz. */
  readonly format?: ArchiveFormat;
  /** Upper limit of an object's content, uncompressed; only an object of a single row may exceed it. */
  readonly maxObjectBytes: number;
  readonly toolVersion: string;
  readonly layout: StorageLayout;
  readonly table: string;
  /** Becomes the manifest's `createdOnMs`. */
  readonly nowMs: number;
  /** Awaited before each upload of rows or write times, so that the name is recorded first. Not called for the manifest. */
  readonly onObject?: (key: string) => Promise<void>;
  /** Awaited right before the manifest is put; what it throws leaves the objects unpublished. */
  readonly onPublish?: () => Promise<void>;
  /** Which former manifests this one replaces; asked when all rows are stored. */
  readonly replaces?: () => readonly ReplacedManifest[];
  /** Called about every 256 KB of content with the number of rows taken so far. */
  readonly onRows?: (rows: number) => void;
}

interface StoredPart extends Pick<Manifest, 'minUpdatedOnMs' | 'maxUpdatedOnMs' | 'maxWriteTimeUs'> {
  readonly object: ManifestObject;
}

/** Writes one iteration of a batch and week: objects with rows, each with its write times, and last the manifest. */
export class SegmentWriter {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly streams: ByteStreams,
    private readonly order: RowKeyOrder,
  ) {}

  /**
   * One pass over the rows, as fast as the store takes them, in bounded memory. After an error what was stored is
   * unfinished: no manifest names it.
   *
   * @param rows of exactly this batch, collection and week, in row order; closed on every end
   * @returns the manifest as read back; undefined when there was no row, and then nothing was stored
   * @throws ARCHIVE.WRONG_ROW, OUT_OF_ORDER, UNWRITABLE_ROW for a row; ARCHIVE.CORRUPTED when the store holds something
   *   else than was sent; ARCHIVE.ALREADY_PUBLISHED when this iteration has a manifest; STORAGE.*; what `rows` and
   *   `onObject` throw
   */
  async writeSegments(
    batchWeek: BatchWeek,
    rows: AsyncIterable<WrittenAttempt>,
    options: SegmentOptions,
  ): Promise<Manifest | undefined> {
    const source = new SegmentRows(rows, batchWeek, this.order);
    const parts: StoredPart[] = [];
    try {
      while (await source.peek()) {
        const { prefix, epochMs, format = 'csv.gz' } = options;
        const key = partKey(prefix, batchWeek, { epochMs, part: parts.length + 1, format });
        parts.push(await this.storePart(key, source, options));
      }
    } finally {
      await source.close();
    }
    if (parts.length === 0) return undefined;
    await options.onPublish?.();
    return publishManifest(this.storage, manifestOf(batchWeek, parts, options));
  }

  private async storePart(key: string, source: SegmentRows, options: SegmentOptions): Promise<StoredPart> {
    const part = new SegmentPart(source, { maxBytes: options.maxObjectBytes, onRows: options.onRows });
    await options.onObject?.(key);
    const stored = await this.storeRows(key, part, options.format ?? 'csv.gz');
    const timesKey = writeTimesKey(key);
    await options.onObject?.(timesKey);
    const times = await uploadCompressed(this.stores, timesKey, part.writeTimeLines());
    return {
      minUpdatedOnMs: part.minUpdatedOnMs,
      maxUpdatedOnMs: part.maxUpdatedOnMs,
      maxWriteTimeUs: part.maxWriteTimeUs ?? 0n,
      object: {
        key,
        rows: part.rows,
        ...stored,
        writeTimes: { key: timesKey, bytes: times.bytes, sha256: times.sha256 },
      },
    };
  }

  /** A store may wrap what its source threw; what counts is why there are no more rows. */
  private async storeRows(key: string, part: SegmentPart, format: ArchiveFormat): Promise<UploadedObject> {
    try {
      return format === 'parquet'
        ? await uploadParquet(this.stores, key, part.encodedRows())
        : await uploadCompressed(this.stores, key, part.content());
    } catch (thrown) {
      throw part.failure ? part.failure.thrown : thrown;
    }
  }

  private get stores(): Stores {
    return { storage: this.storage, streams: this.streams };
  }
}

function manifestOf(
  { batchId, collectionId, week }: BatchWeek,
  parts: readonly StoredPart[],
  options: SegmentOptions,
): Manifest {
  const { prefix, iteration, table, layout, toolVersion, nowMs } = options;
  const objects = parts.map(({ object }) => object);
  return {
    formatVersion: 1,
    key: manifestKey(prefix, { batchId, collectionId, week }, iteration),
    batchId,
    collectionId,
    week,
    iteration,
    table,
    layout,
    format: options.format ?? 'csv.gz',
    columns: archiveColumns,
    rows: objects.reduce((sum, { rows }) => sum + rows, 0),
    objects,
    minUpdatedOnMs: Math.min(...parts.map(({ minUpdatedOnMs }) => minUpdatedOnMs)),
    maxUpdatedOnMs: Math.max(...parts.map(({ maxUpdatedOnMs }) => maxUpdatedOnMs)),
    maxWriteTimeUs: parts
      .map(({ maxWriteTimeUs }) => maxWriteTimeUs)
      .reduce((left, right) => (left > right ? left : right)),
    toolVersion,
    createdOnMs: nowMs,
    ...replacing(options.replaces?.() ?? []),
  };
}

function replacing(replaces: readonly ReplacedManifest[]): Pick<Manifest, 'replaces'> {
  return replaces.length === 0 ? {} : { replaces };
}
