import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';

/** The content that a learner accessed last in a course and batch. */
export interface LastRead {
  readonly contentId: string;
  readonly status: number;
  /** Ms since epoch. */
  readonly accessMs: number;
}

/** A learner's enrolment, as far as it says what was read last; null where nothing is stored. */
export interface LearnerEnrolment {
  readonly contentId: string | null;
  readonly status: number | null;
  /** Ms since epoch. */
  readonly accessMs: number | null;
}

/** Enrolments of learners, by key. */
export abstract class LearnerEnrolments {
  /** Undefined when the learner is not enrolled in that course and batch. @throws CASSANDRA.* */
  abstract find(learner: LearnerInBatch): Promise<LearnerEnrolment | undefined>;

  /**
   * Records what was read last in an enrolment that was found, and never makes one.
   *
   * @returns `conflict`: somebody recorded another time meanwhile; find it again, and decide anew
   * @throws CASSANDRA.*; whether it was recorded is unknown then
   */
  abstract recordLastRead(
    learner: LearnerInBatch,
    lastRead: LastRead,
    found: LearnerEnrolment,
  ): Promise<'recorded' | 'conflict'>;
}
