import {
  type CourseBatch,
  type LearnersOfReport,
  type NamesOfReport,
  type ReportLearners,
  type ReportNames,
  type ReportOrder,
} from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';

/** Large enough for a bulk read to pay, small enough for a few of them to be held. */
export const attemptChunks = {
  items: 500,
  weight: 5000,
  weightOf: ({ answers }: StoredAttempt): number => answers.length,
};

/** Attempts of a report, with the names of their courses. */
export interface NamedAttempts {
  readonly attempts: readonly StoredAttempt[];
  /** By course id. */
  readonly namesOf: ReadonlyMap<string, ReportNames>;
}

export interface ChosenAttempts {
  /** In their order. */
  readonly attempts: readonly StoredAttempt[];
  /** How many were left out since their learner is not actively enrolled. */
  readonly unenrolled: number;
}

/** Those of the attempts whose learner is in the report. */
export async function chosenAttempts(
  attempts: readonly StoredAttempt[],
  learners: ReportLearners,
  order: ReportOrder,
): Promise<ChosenAttempts> {
  const learnersOf = new Map<string, LearnersOfReport>();
  for (const [courseId, ofCourse] of byCourse(attempts)) {
    const userIds = ofCourse.map(({ userId }) => userId);
    learnersOf.set(courseId, await learners.among({ courseId, batchId: order.batchId }, userIds, order));
  }
  return {
    attempts: attempts.filter(({ courseId, userId }) => learnersOf.get(courseId)?.chosen.has(userId)),
    unenrolled: attempts.filter(({ courseId, userId }) => learnersOf.get(courseId)?.unenrolled.has(userId)).length,
  };
}

/** Asks for the names of all courses and contents in one go. */
export async function named(
  attempts: readonly StoredAttempt[],
  names: NamesOfReport,
  { batchId }: Pick<CourseBatch, 'batchId'>,
): Promise<NamedAttempts> {
  const namesOf = new Map<string, ReportNames>();
  for (const [courseId, ofCourse] of byCourse(attempts)) {
    const contentIds = ofCourse.map(({ contentId }) => contentId);
    namesOf.set(courseId, await names.of({ courseId, batchId }, contentIds));
  }
  return { attempts, namesOf };
}

function byCourse(attempts: readonly StoredAttempt[]): Map<string, StoredAttempt[]> {
  const courses = new Map<string, StoredAttempt[]>();
  for (const attempt of attempts) {
    const known = courses.get(attempt.courseId);
    if (known) known.push(attempt);
    else courses.set(attempt.courseId, [attempt]);
  }
  return courses;
}
