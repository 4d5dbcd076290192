import { type LastRead, type LearnerEnrolment, LearnerEnrolments } from '@scorekeep/core/domain-content-state';
import { learnerKey, type LearnerInBatch } from '@scorekeep/core/domain-scoring';

/** Enrolments that a test writes down. */
export class InMemoryLearnerEnrolments extends LearnerEnrolments {
  private readonly enrolments = new Map<string, LearnerEnrolment>();

  enrol(learner: LearnerInBatch): void {
    this.enrolments.set(learnerKey(learner), { contentId: null, status: null, accessMs: null });
  }

  override async find(learner: LearnerInBatch): Promise<LearnerEnrolment | undefined> {
    return this.enrolments.get(learnerKey(learner));
  }

  override async recordLastRead(
    learner: LearnerInBatch,
    lastRead: LastRead,
    found: LearnerEnrolment,
  ): Promise<'recorded' | 'conflict'> {
    if (this.enrolments.get(learnerKey(learner))?.accessMs !== found.accessMs) return 'conflict';
    this.enrolments.set(learnerKey(learner), { ...lastRead });
    return 'recorded';
  }
}
