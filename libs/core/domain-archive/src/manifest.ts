import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { type IsoWeek } from './iso-week';

/** A set of rows that is archived together. `collectionId` is the course id. */
export interface BatchWeek {
  readonly batchId: string;
  readonly collectionId: string;
  readonly week: IsoWeek;
}

/** One object of a manifest, as stored. SHA-256 in lower-case hex. */
export interface ManifestObject {
  readonly key: string;
  readonly rows: number;
  /** Length as stored, compressed. */
  readonly bytes: number;
  readonly sha256: string;
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
  readonly format: 'csv.gz';
  readonly columns: readonly string[];
  readonly rows: number;
  readonly objects: readonly ManifestObject[];
  readonly minUpdatedOnMs: number;
  readonly maxUpdatedOnMs: number;
  /** Highest write time of any row, µs since epoch. */
  readonly maxWriteTimeUs: bigint;
  readonly toolVersion: string;
  readonly createdOnMs: number;
}
