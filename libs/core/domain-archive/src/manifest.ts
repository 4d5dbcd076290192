import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { type IsoWeek } from './iso-week';

/** A set of rows that is archived together. `collectionId` is the course id. */
export interface BatchWeek {
  readonly batchId: string;
  readonly collectionId: string;
  readonly week: IsoWeek;
}

/** How the rows of an object are written. */
export const archiveFormats = ['csv.gz', 'parquet'] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** One object of a manifest, as stored. SHA-256 in lower-case hex. */
export interface ManifestObject {
  readonly key: string;
  readonly rows: number;
  /** Length as stored, compressed. */
  readonly bytes: number;
  readonly sha256: string;
  /** Of the rows as CSV, not packed, header included; also where the object itself is Parquet. */
  readonly content: { readonly bytes: number; readonly sha256: string };
  /** The rows' write times, one decimal number of µs a line, gzip, in the order of the rows. */
  readonly writeTimes: { readonly key: string; readonly bytes: number; readonly sha256: string };
}

/** What an archived batch and week consists of. Only what a manifest names counts as archived. */
export interface Manifest extends BatchWeek {
  readonly formatVersion: 1;
  readonly key: string;
  readonly iteration: number;
  readonly table: string;
  readonly layout: StorageLayout;
  readonly format: ArchiveFormat;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly objects: readonly ManifestObject[];
  readonly minUpdatedOnMs: number;
  readonly maxUpdatedOnMs: number;
  /** Highest write time of any row, µs since epoch. */
  readonly maxWriteTimeUs: bigint;
  readonly toolVersion: string;
  readonly createdOnMs: number;
  /** Written by the reference and adopted: rows in any order and of any week, columns by the header. */
  readonly origin?: 'reference';
  /** Former manifests of the week whose every key this one holds, in the same or a greater version. */
  readonly replaces?: readonly ReplacedManifest[];
}

/** A manifest that another one makes needless, with the keys of all its objects. */
export interface ReplacedManifest {
  readonly key: string;
  readonly objects: readonly string[];
}

/** Keys of everything that a manifest names. */
export function objectKeysOf({ objects }: Pick<Manifest, 'objects'>): string[] {
  return objects.flatMap((object) => [object.key, object.writeTimes.key]);
}

/** Those of the manifests of a week that no other one replaces. */
export function currentManifests<T extends Pick<Manifest, 'key' | 'replaces'>>(manifests: readonly T[]): T[] {
  const replaced = new Set(manifests.flatMap(({ replaces = [] }) => replaces.map(({ key }) => key)));
  return manifests.filter(({ key }) => !replaced.has(key));
}
