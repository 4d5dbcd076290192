import { type Enrolments } from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';

/** Large enough for a bulk read to pay, small enough for a few of them to be held. */
const chunkLimits = { attempts: 500, answers: 5000 };

/** Attempts in chunks of a bounded size, in order. */
export async function* inChunks(attempts: AsyncIterable<StoredAttempt>): AsyncGenerator<StoredAttempt[]> {
  let chunk: StoredAttempt[] = [];
  let answers = 0;
  for await (const attempt of attempts) {
    chunk.push(attempt);
    answers += attempt.answers.length;
    if (chunk.length < chunkLimits.attempts && answers < chunkLimits.answers) continue;
    yield chunk;
    chunk = [];
    answers = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** Those of the attempts, in order, whose learner is actively enrolled in the attempt's course and batch. */
export async function enrolledOnly(chunk: readonly StoredAttempt[], enrolments: Enrolments): Promise<StoredAttempt[]> {
  const active = new Map<string, ReadonlySet<string>>();
  for (const { courseId, batchId } of chunk) {
    if (active.has(courseId)) continue;
    const ofCourse = chunk.filter((attempt) => attempt.courseId === courseId).map(({ userId }) => userId);
    active.set(courseId, await enrolments.activeAmong({ courseId, batchId }, ofCourse));
  }
  return chunk.filter(({ courseId, userId }) => active.get(courseId)?.has(userId));
}

/** Results in order; the work on an item begins while the consumer is busy with the one before. */
export async function* oneAhead<T, R>(items: AsyncIterable<T>, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  let pending: Promise<R> | undefined;
  for await (const item of items) {
    const next = work(item);
    // Whoever awaits it sees the failure; until then it must not count as unhandled.
    next.catch(() => undefined);
    if (pending) yield await pending;
    pending = next;
  }
  if (pending) yield await pending;
}
