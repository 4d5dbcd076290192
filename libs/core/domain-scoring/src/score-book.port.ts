import { type AttemptScore, type AttemptScores } from './attempt-score';
import { type LearnerInBatch } from './identity';

/** The one row of a learner, course and batch in `user_activity_agg`, as far as scores need it. */
export interface LearnerScores {
  readonly attempts: AttemptScores;
  /** True once every attempt from before Scorekeep is in `attempts`. Otherwise `attempts` says nothing of them. */
  readonly filled: boolean;
  /** Stored metrics by key, other jobs' keys included. */
  readonly aggregates: ReadonlyMap<string, number>;
  /** The legacy map `agg`: read only, `aggregates` wins over it. */
  readonly legacyAggregates: ReadonlyMap<string, number>;
  /** The highest write time of any stored metric, µs since epoch; 0 when there is none. */
  readonly aggregatesWriteTimeUs: bigint;
  /** The state (see `stateOf`, digested) for which the last certificate request was acknowledged. */
  readonly certificateState: string | null;
  /** When that was written, µs since epoch; 0 when it never was. */
  readonly certificateStateTimeUs: bigint;
  /** The reference's own list of attempts, JSON texts; empty when there is none. */
  readonly aggDetails: readonly string[];
}

/** Changes to one learner's row, written together: all of them become visible, or none. */
export interface ScoreChanges {
  /** Each at its own `writeTimeUs`: of two writers the later version's entry stays. */
  readonly entries: readonly AttemptScore[];
  /** Placeholders that give way to attempts that they stood for; whoever writes them again later writes in vain. */
  readonly removed?: readonly AttemptScore[];
  /** Sets the marker that `attempts` holds everything from before Scorekeep. */
  readonly markFilled?: boolean;
  readonly metrics?: {
    readonly values: ReadonlyMap<string, number>;
    readonly writeTimeUs: bigint;
    readonly changedOnMs: number;
  };
  readonly certificate?: { readonly state: string; readonly writeTimeUs: bigint };
}

/** Learners' scores. Reads and writes at quorum; every write may be repeated. */
export abstract class ScoreBook {
  /** A learner without a row has no attempts, no metrics and is not filled. @throws CASSANDRA.* */
  abstract read(learner: LearnerInBatch): Promise<LearnerScores>;

  /**
   * Touches nothing but what `changes` names. Of two entries with one write time the greater version stays, of one
   * version the one created earlier.
   *
   * @throws CASSANDRA.*
   */
  abstract write(learner: LearnerInBatch, changes: ScoreChanges): Promise<void>;

  /**
   * Whether entries and metrics are what is expected after a write. Never true when somebody else has changed one of
   * them; false may also mean that it cannot be told without reading everything.
   *
   * @param written the entries that were written
   * @throws CASSANDRA.*
   */
  abstract holds(learner: LearnerInBatch, expected: LearnerScores, written: readonly AttemptScore[]): Promise<boolean>;
}
