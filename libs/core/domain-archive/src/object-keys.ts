import { formatIsoWeek } from './iso-week';
import { type ArchiveFormat, type BatchWeek } from './manifest';

/** How the keys of each kind of object end. */
export const objectSuffixes = {
  rows: { 'csv.gz': '.csv.gz', parquet: '.parquet' },
  writeTimes: '.writetimes.gz',
  manifest: '.manifest.json',
} as const;

/** Which of an archival's objects with rows. */
export interface RowsObject {
  /** When the archival began. */
  readonly epochMs: number;
  /** From 1. */
  readonly part: number;
  readonly format: ArchiveFormat;
}

/**
 * What the keys of all objects of a batch start with, of every collection. Those of another batch may start so too
 * (`B` and `B_2`): manifests say whose an object is.
 */
export function batchPrefix(prefix: string, batchId: string): string {
  return `${prefix === '' ? '' : `${prefix}/`}${encodeId(batchId)}_`;
}

/** The folder of a batch and collection, without a `/` at its end. Two pairs of ids may share one: (`a`, `b_c`) and (`a_b`, `c`). */
export function batchFolder(prefix: string, batchId: string, collectionId: string): string {
  return `${batchPrefix(prefix, batchId)}${encodeId(collectionId)}`;
}

/** Key of the first (mostly the only) object with rows. `epochMs` is when its archival began. */
export function segmentKey(prefix: string, batchWeek: BatchWeek, epochMs: number): string {
  return partKey(prefix, batchWeek, { epochMs, part: 1, format: 'csv.gz' });
}

/** Key of an object with rows; the first one's name has no part in it. */
export function partKey(prefix: string, batchWeek: BatchWeek, { epochMs, part, format }: RowsObject): string {
  const partOfName = part === 1 ? '' : `-part${part}`;
  return `${weekPrefix(prefix, batchWeek)}${epochMs}${partOfName}${objectSuffixes.rows[format]}`;
}

/** Key of the rows' write times, beside the rows. */
export function writeTimesKey(rowsKey: string): string {
  const suffix = Object.values(objectSuffixes.rows).find((each) => rowsKey.endsWith(each)) ?? '';
  return `${rowsKey.slice(0, rowsKey.length - suffix.length)}${objectSuffixes.writeTimes}`;
}

/** Key of a manifest. One iteration has one key, so that only one archival of it can be published. */
export function manifestKey(prefix: string, batchWeek: BatchWeek, iteration: number): string {
  return `${weekPrefix(prefix, batchWeek)}${iteration}${objectSuffixes.manifest}`;
}

/** What the keys of all objects of a week start with. */
export function weekPrefix(prefix: string, { batchId, collectionId, week }: BatchWeek): string {
  return `${batchFolder(prefix, batchId, collectionId)}/${formatIsoWeek(week)}-`;
}

/** The part of a key before its last `/`. */
export function folderOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('/')));
}

/**
 * An id as part of a key: ASCII letters, digits, `_`, `-` and `.` stay, all else is percent-encoded UTF-8. An id of
 * nothing but dots has its dots encoded. A lone surrogate, which UTF-8 cannot hold, is encoded as the three bytes that
 * its code point would take (`%ED%A0%80`); no text's UTF-8 has those, so no two ids are encoded alike.
 */
export function encodeId(id: string): string {
  if (/^[A-Za-z0-9_.-]*$/.test(id) && !/^\.+$/.test(id)) return id;
  if (/^\.+$/.test(id)) return id.replaceAll('.', '%2E');
  return Array.from(id, (character) => (/[A-Za-z0-9_.-]/.test(character) ? character : percentEncoded(character))).join(
    '',
  );
}

function percentEncoded(character: string): string {
  return utf8Of(character.codePointAt(0) ?? 0)
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** UTF-8 by its arithmetic alone, which does not know surrogates. */
function utf8Of(codePoint: number): number[] {
  if (codePoint < 0x80) return [codePoint];
  const last = 0x80 | (codePoint & 0x3f);
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), last];
  const secondLast = 0x80 | ((codePoint >> 6) & 0x3f);
  if (codePoint < 0x10000) return [0xe0 | (codePoint >> 12), secondLast, last];
  return [0xf0 | (codePoint >> 18), 0x80 | ((codePoint >> 12) & 0x3f), secondLast, last];
}
