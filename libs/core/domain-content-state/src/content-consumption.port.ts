import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';

/** How far a learner got with one content. Times in ms since epoch; null where nothing is stored. */
export interface ConsumedContent {
  readonly contentId: string;
  readonly status: number | null;
  /** Percent, 0–100. */
  readonly progress: number | null;
  readonly completedCount: number | null;
  readonly viewCount: number | null;
  readonly lastAccessMs: number | null;
  readonly lastCompletedMs: number | null;
  /** Percent, 0–100. */
  readonly completionPercentage: number | null;
  /** JSON text, as the player sent it. */
  readonly progressDetails: string | null;
}

/** What learners have consumed. Reads at quorum. */
export abstract class ContentConsumption {
  /**
   * Of one learner, course and batch, in order of the content ids.
   *
   * @param contentIds when few contents are wanted, others may be left out; undefined: all
   * @throws CASSANDRA.*
   */
  abstract of(learner: LearnerInBatch, contentIds?: ReadonlySet<string>): Promise<ConsumedContent[]>;
}
