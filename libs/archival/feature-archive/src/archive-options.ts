import { type RowKeyOrder } from '@scorekeep/core/domain-archive';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';

/** What the app decides for archival; its own DI token. */
export abstract class ArchiveOptions {
  abstract readonly layout: StorageLayout;
  /** The table that holds answers. */
  abstract readonly table: string;
  /** Of all keys, without a `/` at its end. */
  abstract readonly prefix: string;
  /** The order in which the table and the archive hold rows. */
  abstract readonly order: RowKeyOrder;
  /** How long after its end a week counts as complete. */
  abstract readonly graceMs: number;
  /** Cool-off between verified and deletable. */
  abstract readonly deleteAfterMs: number;
  /** How long replaced objects stay after what replaced them was verified. */
  abstract readonly replacedGraceMs: number;
  /** Most rows to delete in a second; 0: no limit. */
  abstract readonly deleteRowsPerSecond: number;
  /** Upper limit of an object's content, uncompressed. */
  abstract readonly maxObjectBytes: number;
  /** How long a lease lasts that nobody renews. */
  abstract readonly leaseMs: number;
  /** One run of one process; no other has the same. */
  abstract readonly owner: string;
  abstract readonly toolVersion: string;
  /** Zone of the times in the reference's `agg_details`, IANA name. */
  abstract readonly aggDetailsTimeZone: string;
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
