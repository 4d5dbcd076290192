import { type StorageLayout } from '@scorekeep/core/domain-scoring';

/** What the app decides for the ingest; its own DI token. */
export abstract class IngestOptions {
  abstract readonly layout: StorageLayout;
  /** Most attempts per learner, course and batch. */
  abstract readonly maxAttempts: number;
  /** Zone of the times in `agg_details`, IANA name. */
  abstract readonly aggDetailsTimeZone: string;
  /** Prefix of all topics: the environment. */
  abstract readonly topicPrefix: string;
  /** The clock, ms since epoch. */
  abstract readonly nowMs: () => number;
}
