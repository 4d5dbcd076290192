import { type StorageLayout } from '@scorekeep/core/domain-scoring';

/** What the app sets. */
export abstract class DataOptions {
  abstract readonly layout: StorageLayout;
  /** Zone of the times in the reference's `agg_details`, IANA name. */
  abstract readonly aggDetailsTimeZone: string;
  /** Of all archived objects, without a `/` at its end. */
  abstract readonly archivePrefix: string;
  /** Names this process in leases. */
  abstract readonly owner: string;
  /** How often a lease is renewed. */
  abstract readonly renewEveryMs: number;
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
