import { type ConsumedContent, ContentConsumption } from '@scorekeep/core/domain-content-state';
import { learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';

/** What learners consumed, in memory. */
export class InMemoryContentConsumption extends ContentConsumption {
  private readonly consumed = new Map<string, ConsumedContent[]>();

  override async of(learner: LearnerInBatch): Promise<ConsumedContent[]> {
    const contents = this.consumed.get(learnerKey(learner)) ?? [];
    return [...contents].sort((left, right) => (left.contentId < right.contentId ? -1 : 1));
  }

  put(learner: LearnerInBatch, content: ConsumedContent): void {
    this.consumed.set(learnerKey(learner), [...(this.consumed.get(learnerKey(learner)) ?? []), content]);
  }
}
