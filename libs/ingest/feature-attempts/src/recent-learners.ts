import { type LearnerInBatch, learnerKey, type LearnerScores } from '@scorekeep/core/domain-scoring';

/** About 600 bytes each: 30 MB in all. */
const MOST_ENTRIES = 50_000;

/**
 * Scores of the learners who were recorded last, as they were then. They may be old: whoever writes by them looks at the
 * learner's row again afterwards.
 */
export class RecentLearners {
  private readonly learners = new Map<string, LearnerScores>();
  private entries = 0;

  constructor(private readonly mostEntries = MOST_ENTRIES) {}

  put(learner: LearnerInBatch, scores: LearnerScores): void {
    this.take(learner);
    this.learners.set(learnerKey(learner), scores);
    this.entries += sizeOf(scores);
    for (const [oldest, { attempts }] of this.learners) {
      if (this.entries <= this.mostEntries) break;
      this.learners.delete(oldest);
      this.entries -= sizeOf({ attempts });
    }
  }

  /** Gives back what was put last, and keeps it no longer. */
  take(learner: LearnerInBatch): LearnerScores | undefined {
    const scores = this.learners.get(learnerKey(learner));
    if (!scores) return undefined;
    this.learners.delete(learnerKey(learner));
    this.entries -= sizeOf(scores);
    return scores;
  }
}

function sizeOf({ attempts }: Pick<LearnerScores, 'attempts'>): number {
  return attempts.size + 1;
}
