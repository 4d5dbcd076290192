import {
  type AttemptIdentity,
  type AttemptScore,
  type LearnerInBatch,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import { type TokenRange } from './token-ranges';

/** `raw`: from unified to split. `unify`: back. */
export type LayoutDirection = 'raw' | 'unify';

/** What the row that answers are copied to is, compared with the one they are copied from. */
export type LayoutState =
  /** Says the same, with the same write times. */
  | 'same'
  | 'missing'
  /** Of an earlier write, or not complete. */
  | 'older'
  /** Written later in the layout that is migrated to: nothing to copy. */
  | 'newer'
  /** There are no answers to copy. */
  | 'without-answers'
  /** `unify`: totals whose answers are archived and deleted; the unified layout has no such rows. */
  | 'archived'
  /** Other content of the same write time. */
  | 'different';

export interface LayoutRowPair {
  readonly attempt: AttemptIdentity;
  readonly state: LayoutState;
  /** The highest write time of the row that is copied from; 0 when there is none. */
  readonly sourceWriteTimeUs: WriteTimeUs;
  /** The highest write time of the row of totals; 0 when there is none. */
  readonly totalsWriteTimeUs: WriteTimeUs;
  /** The copy is written at this time, above what it is copied from: the attempt's entry must be raised to it first. */
  readonly raisedToUs?: WriteTimeUs;
  /** Copies what is `missing` or `older`, with its write times. May be repeated: an answer is then not doubled for readers. */
  readonly copy: () => Promise<void>;
  /** Deletes the totals of an `archived` one as of their write time. */
  readonly remove: () => Promise<void>;
}

/** The tables of both layouts. Reads and writes at quorum. */
export abstract class LayoutTables {
  /** Whether there is what is copied to. @throws CASSANDRA.MISCONFIGURED for an old schema, MIGRATION.ANSWERS_DROPPED */
  abstract prepare(direction: LayoutDirection): Promise<void>;

  /** Every attempt of the range that one of the tables has a row of, in their order. */
  abstract pairs(direction: LayoutDirection, range: TokenRange): AsyncIterable<LayoutRowPair>;

  /** Write times of the learner's rows of totals, by `attemptKey`. */
  abstract totalsOf(learner: LearnerInBatch): Promise<ReadonlyMap<string, WriteTimeUs>>;

  /** Writes a row of totals of an attempt of which only the entry is left. */
  abstract writeTotals(learner: LearnerInBatch, entry: AttemptScore): Promise<void>;

  /** Whether `assessment_aggregator` holds answers. */
  abstract hasAnswersColumn(): Promise<boolean>;

  /** Drops the column of answers from `assessment_aggregator`, for good: it can never be added again. */
  abstract dropAnswersColumn(): Promise<void>;
}
