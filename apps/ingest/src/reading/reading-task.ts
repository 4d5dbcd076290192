import { type AssessLimits } from '@scorekeep/core/contract-events';
import { type AttemptEvent, type StorageLayout } from '@scorekeep/core/domain-scoring';
import { type RecordReading } from '@scorekeep/ingest/feature-attempts';

/** What never changes while a thread reads. */
export interface ReadingSettings {
  readonly limits: AssessLimits;
  readonly layout: StorageLayout;
  /** Of the type `question`, in the order in which the server has them. */
  readonly fields: readonly string[];
}

/** Records on their way to the thread: their values in one block of memory, which is moved and not copied. */
export interface ReadingTask {
  readonly values: Uint8Array;
  readonly records: readonly {
    /** Of its value, bytes; undefined for a record that has none. */
    readonly length: number | undefined;
    readonly timestampMs: number;
  }[];
  readonly nowMs: number;
}

/** An attempt whose packed answers lie in the block of the whole result. */
export interface AttemptReading {
  readonly kind: 'attempt';
  readonly event: Omit<AttemptEvent, 'answers'>;
  readonly answers: { readonly count: number; readonly length: number };
}

/** Readings on their way back, in the records' order. */
export interface ReadingResult {
  readonly answers: Uint8Array;
  readonly readings: readonly (AttemptReading | Exclude<RecordReading, { readonly kind: 'attempt' }>)[];
}
