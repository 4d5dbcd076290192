import { type AttemptOfLearner, type LearnerInBatch } from './identity';
import { type AttemptToStore, type WrittenAttempt } from './stored-attempt';
import { type WriteTimeUs } from './write-time';

/** Rows of attempts with their answers, in the tables of the configured layout. Reads and writes at quorum. */
export abstract class AttemptRows {
  /** Live rows of these attempts; those that are not there are left out. */
  abstract find(learner: LearnerInBatch, attempts: readonly AttemptOfLearner[]): Promise<WrittenAttempt[]>;

  /** All live rows of one learner, course and batch, also ones that only the reference's table holds. */
  abstract ofLearner(learner: LearnerInBatch): Promise<WrittenAttempt[]>;

  /**
   * Writes the row(s) of an attempt at `writeTimeUs`. Not idempotent: the same call twice leaves every answer twice
   * (see `withoutCopies`), so it is never retried below this port. After an unknown outcome write again at a higher time.
   */
  abstract write(row: AttemptToStore, writeTimeUs: WriteTimeUs): Promise<void>;
}
