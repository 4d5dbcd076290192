import {
  type AttemptOfLearner,
  type LearnerInBatch,
  type LearnerScores,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import { type TokenRange } from './token-ranges';

/** A live row, without its answers. */
export interface SeenRow extends AttemptOfLearner {
  readonly writeTimeUs: WriteTimeUs;
  readonly grandTotal: string | null;
  /** Points. */
  readonly totalScore: number | null;
  /** Points. */
  readonly totalMaxScore: number | null;
}

export interface LearnerRows {
  readonly learner: LearnerInBatch;
  readonly rows: readonly SeenRow[];
}

export interface ScoredLearner {
  readonly learner: LearnerInBatch;
  readonly scores: LearnerScores;
}

/** All learners of all batches, range by range. Reads at quorum; a learner's rows come together. */
export abstract class LearnerScan {
  /** Learners with live rows, by the token of (user, course). @param batches all when undefined */
  abstract withRows(range: TokenRange, batches?: ReadonlySet<string>): AsyncIterable<LearnerRows>;

  /** Learners with a row of scores, by the token of that row. @param batches all when undefined */
  abstract scored(range: TokenRange, batches?: ReadonlySet<string>): AsyncIterable<ScoredLearner>;
}
