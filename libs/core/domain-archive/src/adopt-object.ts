import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { isStorageError, storageErrorCodes } from '@scorekeep/platform/domain-storage';
import { corrupted } from './archive.errors';
import { isIsoWeek, type IsoWeek, formatIsoWeek, isoWeekOf } from './iso-week';
import { type BatchWeek, type ManifestObject } from './manifest';
import { openObject } from './manifest-store';
import { StreamMeasure } from './measured-stream';
import { objectSuffixes } from './object-keys';
import { type Stores, uploadCompressed } from './object-upload';
import { decodeRows } from './row-decoder';

/** What the reference calls its objects: calendar year and ISO week, and when the archival began. */
const namePattern = /\/(\d{1,4})-(\d{1,2})-(\d+)(?:-part\d+)?\.csv\.gz$/;

/** An object that nobody of us wrote, after a full read. */
export interface ForeignObject {
  /** As its rows say. */
  readonly batchWeek: BatchWeek;
  readonly object: Omit<ManifestObject, 'writeTimes'>;
  readonly minUpdatedOnMs: number;
  readonly maxUpdatedOnMs: number;
}

/** True for names that the reference gives, and Scorekeep as well. */
export function isRowsObject(key: string): boolean {
  return namePattern.test(key);
}

/**
 * Reads an object of the reference to its end. Its week is that of all its rows; where they are of several, or have no
 * `updated_on`, that of its name.
 *
 * @throws ARCHIVE.CORRUPTED when it cannot be read, is empty, or holds rows of several batches or collections; STORAGE.*
 */
export async function readForeignObject(stores: Stores, key: string): Promise<ForeignObject> {
  const location = stores.storage.urlOf(key);
  const packed = new StreamMeasure(stores.streams.sha256());
  const plain = new StreamMeasure(stores.streams.sha256());
  const stored = await openObject(stores.storage, key);
  const found = new FoundRows(location);
  const unpacked = named(location, stores.streams.gunzip(packed.of(stored)));
  for await (const row of decodeRows(plain.of(unpacked), { location, dialect: 'backslash' })) found.add(row);
  const [object, content] = [packed.result(), plain.result()];
  if (!object || !content) throw corrupted(location, 'it goes on after its end');
  const { batchId, collectionId, rows, minUpdatedOnMs, maxUpdatedOnMs } = found.result();
  return {
    batchWeek: { batchId, collectionId, week: found.week ?? weekOfName(key, location) },
    object: { key, rows, ...object, content },
    minUpdatedOnMs,
    maxUpdatedOnMs,
  };
}

/** Stores the write times that nobody knows, one 0 a row, and gives the object with them. */
export async function withUnknownWriteTimes(
  stores: Stores,
  object: Omit<ManifestObject, 'writeTimes'>,
  writeTimesKey: string,
): Promise<ManifestObject> {
  const { bytes, sha256 } = await uploadCompressed(stores, writeTimesKey, zeros(object.rows));
  return { ...object, writeTimes: { key: writeTimesKey, bytes, sha256 } };
}

/** A key beside an adopted object that no other try has. */
export function adoptedWriteTimesKey(key: string, nowMs: number): string {
  return `${key.slice(0, -objectSuffixes.rows['csv.gz'].length)}-adopted-${nowMs}${objectSuffixes.writeTimes}`;
}

/** What cannot be unpacked is said of the object that it is. */
async function* named(location: string, unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* unpacked;
  } catch (thrown) {
    if (!isStorageError(thrown, storageErrorCodes.corrupted)) throw thrown;
    throw corrupted(location, 'it cannot be unpacked', thrown);
  }
}

class FoundRows {
  private identity: Pick<BatchWeek, 'batchId' | 'collectionId'> | undefined;
  private readonly weeks = new Map<string, IsoWeek>();
  private rows = 0;
  private minUpdatedOnMs = Infinity;
  private maxUpdatedOnMs = -Infinity;

  constructor(private readonly location: string) {}

  add({ batchId, courseId: collectionId, updatedOnMs }: StoredAttempt): void {
    this.rows += 1;
    this.identity ??= { batchId, collectionId };
    if (this.identity.batchId !== batchId || this.identity.collectionId !== collectionId) {
      throw corrupted(this.location, `row ${this.rows} is of another batch or collection than the first`);
    }
    if (updatedOnMs === null) return;
    this.minUpdatedOnMs = Math.min(this.minUpdatedOnMs, updatedOnMs);
    this.maxUpdatedOnMs = Math.max(this.maxUpdatedOnMs, updatedOnMs);
    const week = isoWeekOf(updatedOnMs);
    if (this.weeks.size < 2) this.weeks.set(formatIsoWeek(week), week);
  }

  /** The one that all rows are of. */
  get week(): IsoWeek | undefined {
    const [week] = this.weeks.values();
    return this.weeks.size === 1 ? week : undefined;
  }

  result() {
    if (!this.identity) throw corrupted(this.location, 'it has no rows');
    const dated = this.weeks.size > 0;
    return {
      ...this.identity,
      rows: this.rows,
      minUpdatedOnMs: dated ? this.minUpdatedOnMs : 0,
      maxUpdatedOnMs: dated ? this.maxUpdatedOnMs : 0,
    };
  }
}

function weekOfName(key: string, location: string): IsoWeek {
  const [, year, number] = namePattern.exec(key) ?? [];
  const week = { isoYear: Number(year), isoWeek: Number(number) };
  if (!isIsoWeek(week)) throw corrupted(location, 'neither its rows nor its name say of which ISO week it is');
  return week;
}

async function* zeros(rows: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let left = rows; left > 0; left -= 65_536) yield encoder.encode('0\n'.repeat(Math.min(left, 65_536)));
}
