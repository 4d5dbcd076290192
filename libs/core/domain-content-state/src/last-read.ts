import { type StoredContent } from './consumption-rows.port';
import { type LastRead, type LearnerEnrolment } from './learner-enrolments.port';

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
