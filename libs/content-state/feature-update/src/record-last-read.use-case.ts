import { Injectable } from '@nestjs/common';
import { isNews, lastReadOf, LearnerEnrolments, type StoredContent } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { contended } from './content-state.errors';

const MAX_ROUNDS = 20;

/** Lets a learner's enrolment know which content was accessed last. */
@Injectable()
export class RecordLastRead {
  constructor(private readonly enrolments: LearnerEnrolments) {}

  /**
   * Does nothing for a learner who is not enrolled, or who read something later already.
   *
   * @throws CONTENT_STATE.CONTENDED, CASSANDRA.*; safe to repeat
   */
  async execute(learner: LearnerInBatch, contents: readonly StoredContent[]): Promise<void> {
    const lastRead = lastReadOf(contents);
    if (!lastRead) return;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const enrolment = await this.enrolments.find(learner);
      if (!enrolment || !isNews(lastRead, enrolment)) return;
      if ((await this.enrolments.recordLastRead(learner, lastRead, enrolment)) === 'recorded') return;
    }
    throw contended();
  }
}
