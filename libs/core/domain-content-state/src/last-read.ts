import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type StoredContent } from './consumption-rows.port';
import { type LastRead, type LearnerEnrolment, type LearnerEnrolments } from './learner-enrolments.port';

const MAX_ROUNDS = 20;

/**
 * Lets a learner's enrolment know which content was accessed last. Does nothing for a learner who is not enrolled, or who
 * read something later already. Safe to repeat.
 *
 * @param contents as they are stored
 * @returns `contended` when others never stopped recording
 * @throws CASSANDRA.*
 */
export async function recordLastRead(
  enrolments: LearnerEnrolments,
  learner: LearnerInBatch,
  contents: readonly StoredContent[],
): Promise<'done' | 'contended'> {
  const lastRead = lastReadOf(contents);
  if (!lastRead) return 'done';
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const enrolment = await enrolments.find(learner);
    if (!enrolment || !isNews(lastRead, enrolment)) return 'done';
    if ((await enrolments.recordLastRead(learner, lastRead, enrolment)) === 'recorded') return 'done';
  }
  return 'contended';
}

/** The content accessed last; among equally late ones the first. Undefined when there are none. */
export function lastReadOf(contents: readonly StoredContent[]): LastRead | undefined {
  let last: LastRead | undefined;
  for (const { contentId, status, lastAccessMs } of contents) {
    const accessMs = lastAccessMs ?? 0;
    if (!last || accessMs > last.accessMs) last = { contentId, status: status ?? 0, accessMs };
  }
  return last;
}

/** Whether an enrolment has to learn of it: an app that comes late does not undo what a learner read since. */
export function isNews(lastRead: LastRead, { contentId, status, accessMs }: LearnerEnrolment): boolean {
  if (accessMs === null || lastRead.accessMs > accessMs) return true;
  if (lastRead.accessMs < accessMs) return false;
  return lastRead.contentId !== contentId || lastRead.status !== status;
}
