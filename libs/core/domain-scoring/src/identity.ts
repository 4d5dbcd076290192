/** A learner's participation in one batch of one course. */
export interface LearnerInBatch {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
}

/** An attempt within one learner, course and batch. */
export interface AttemptOfLearner {
  readonly contentId: string;
  readonly attemptId: string;
}

/** What identifies an attempt everywhere. */
export interface AttemptIdentity extends LearnerInBatch, AttemptOfLearner {}

/**
 * Key of an attempt in `user_activity_agg.attempts`: the content id's length (UTF-16 units), content id, attempt id.
 * No two pairs of ids share a key, whatever characters they hold.
 */
export function attemptKey({ contentId, attemptId }: AttemptOfLearner): string {
  return `${contentId.length}:${contentId}:${attemptId}`;
}

/** Key of the `ordinal`-th placeholder of a content. Never equal to an `attemptKey`, which starts with a digit. */
export function placeholderKey(contentId: string, ordinal: number): string {
  return `placeholder:${ordinal}:${contentId}`;
}

/** One text per learner, course and batch, for grouping in memory. */
export function learnerKey({ userId, courseId, batchId }: LearnerInBatch): string {
  return `${userId.length}:${userId}:${courseId.length}:${courseId}:${batchId}`;
}
