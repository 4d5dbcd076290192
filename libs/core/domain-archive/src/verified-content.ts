import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { isStorageError, storageErrorCodes } from '@scorekeep/platform/domain-storage';
import { corrupted } from './archive.errors';
import { type ManifestObject } from './manifest';
import { openObject } from './manifest-store';
import { type Measured, StreamMeasure } from './measured-stream';
import { type Stores } from './object-upload';
import { csvHeader, encodeRowBytes } from './row-csv';
import { archiveParquetColumns, fromParquetRow } from './row-parquet';

/** A compressed object, and what it is known to be. */
export interface KnownObject extends Measured {
  readonly key: string;
  /** What it unpacks to; not known of write times, which the compressed hash covers. */
  readonly content?: Measured;
}

/**
 * The content of a compressed object, checked on both sides of the compression. What differs may show only after the
 * last byte: whatever is made of the content is void until the stream has ended.
 *
 * @throws ARCHIVE.MISSING_OBJECT; ARCHIVE.CORRUPTED naming the object and what differs; STORAGE.*
 */
export async function* verifiedContent(stores: Stores, object: KnownObject): AsyncGenerator<Uint8Array> {
  const location = stores.storage.urlOf(object.key);
  const packed = new StreamMeasure(stores.streams.sha256());
  const plain = new StreamMeasure(stores.streams.sha256());
  const mostBytes = object.content?.bytes ?? Infinity;
  const stored = await openObject(stores.storage, object.key);
  try {
    for await (const chunk of plain.of(stores.streams.gunzip(packed.of(stored)))) {
      if (plain.passedBytes > mostBytes) throw corrupted(location, `its content is longer than ${mostBytes} bytes`);
      yield chunk;
    }
  } catch (thrown) {
    if (!isStorageError(thrown, storageErrorCodes.corrupted)) throw thrown;
    throw corrupted(location, 'it cannot be unpacked', thrown);
  }
  assertSame(location, 'object', packed.result(), object);
  if (object.content) assertSame(location, 'content', plain.result(), object.content);
}

/**
 * The rows of an object in Parquet, checked on both sides as well: what is compared with the known content are the rows as
 * CSV. @throws as `verifiedContent`
 */
export async function* verifiedParquet(stores: Stores, object: ManifestObject): AsyncGenerator<StoredAttempt> {
  const location = stores.storage.urlOf(object.key);
  const packed = new StreamMeasure(stores.streams.sha256());
  const plain = new StreamMeasure(stores.streams.sha256());
  const encoder = new TextEncoder();
  const opened = await openObject(stores.storage, object.key);
  plain.add(encoder.encode(csvHeader));
  try {
    for await (const values of stores.streams.parquet.decode(archiveParquetColumns, packed.of(opened))) {
      const row = fromParquetRow(values);
      plain.add(encodeRowBytes(row, encoder));
      yield row;
    }
  } catch (thrown) {
    if (!isStorageError(thrown, storageErrorCodes.corrupted)) throw thrown;
    throw corrupted(location, 'it cannot be read', thrown);
  }
  plain.end();
  assertSame(location, 'object', packed.result(), object);
  assertSame(location, 'content', plain.result(), object.content);
}

function assertSame(location: string, what: string, found: Measured | undefined, expected: Measured): void {
  const difference = differenceOf(what, found, expected);
  if (difference !== undefined) throw corrupted(location, difference);
}

function differenceOf(what: string, found: Measured | undefined, expected: Measured): string | undefined {
  if (!found) return `the ${what} goes on after its end`;
  if (found.bytes !== expected.bytes) return `the ${what} has ${found.bytes} bytes instead of ${expected.bytes}`;
  return found.sha256 === expected.sha256 ? undefined : `the ${what}'s SHA-256 is ${found.sha256}`;
}
