/** One record as it was read from a topic. */
export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  /** Decimal text: offsets do not fit a double. */
  readonly offset: string;
  /** The record's timestamp, ms since epoch, as the producer or broker set it. */
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, Uint8Array>>;
  /**
   * False when nobody can have begun to handle this record before. True for the first records after an assignment, whose
   * former owner may have been cut off in the middle of them, and for records that are handled again.
   */
  readonly mayHaveBegun: boolean;
}

/** What is to become of one record. The batch runner alone acts on it. */
export type RecordOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'skip'; readonly reason: string }
  /** Could not be handled now; the partition waits and the record is handled again. */
  | { readonly kind: 'retry'; readonly cause: Error }
  /** Never to be handled again: `message` goes to `topic` and is acknowledged before the offset moves. */
  | { readonly kind: 'dead-letter'; readonly reason: string; readonly topic: string; readonly message: DeadLetter };

export interface DeadLetter {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string | Uint8Array>>;
}

/** Handles a micro-batch of one partition. Gives one outcome per record, in the order of `records`; never throws for a record. */
export type RecordBatchHandler = (records: readonly ConsumedRecord[]) => Promise<readonly RecordOutcome[]>;
