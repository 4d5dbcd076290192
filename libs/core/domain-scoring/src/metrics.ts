import { type AttemptScore } from './attempt-score';

/** Metrics of one content for one learner, course and batch. */
export interface ContentMetrics {
  /** Highest score among the content's attempts, points. */
  readonly score: number;
  /** Maximum score of that attempt, points. */
  readonly maxScore: number;
  readonly attemptsCount: number;
  /** That attempt; among attempts with equal scores the smallest id. */
  readonly bestAttemptId: string;
}

/**
 * Metrics of every content that was attempted: a pure function of the set of attempts, so the same whatever order,
 * repetition or concurrency they arrived in.
 *
 * @returns by content id, no attempts give an empty map
 */
export function metricsOf(attempts: Iterable<AttemptScore>): Map<string, ContentMetrics> {
  const best = new Map<string, { attempt: AttemptScore; count: number }>();
  for (const attempt of attempts) {
    const known = best.get(attempt.contentId);
    best.set(attempt.contentId, {
      attempt: known ? better(known.attempt, attempt) : attempt,
      count: (known?.count ?? 0) + 1,
    });
  }
  return new Map(
    [...best].map(([contentId, { attempt, count }]) => [
      contentId,
      {
        score: attempt.score,
        maxScore: attempt.maxScore,
        attemptsCount: count,
        bestAttemptId: attempt.attemptId,
      },
    ]),
  );
}

/** Highest score; then the smallest attempt id, a real attempt before a placeholder. */
function better(left: AttemptScore, right: AttemptScore): AttemptScore {
  if (left.score !== right.score) return left.score > right.score ? left : right;
  if (left.placeholder !== right.placeholder) return left.placeholder ? right : left;
  return left.attemptId <= right.attemptId ? left : right;
}

export const scoreKey = (contentId: string): string => `score:${contentId}`;
export const maxScoreKey = (contentId: string): string => `max_score:${contentId}`;
export const attemptsCountKey = (contentId: string): string => `attempts_count:${contentId}`;

/** The keys and values that metrics are in `user_activity_agg.aggregates`. */
export function aggregatesOf(metrics: ReadonlyMap<string, ContentMetrics>): Map<string, number> {
  const aggregates = new Map<string, number>();
  for (const [contentId, { score, maxScore, attemptsCount }] of metrics) {
    aggregates.set(scoreKey(contentId), score);
    aggregates.set(maxScoreKey(contentId), maxScore);
    aggregates.set(attemptsCountKey(contentId), attemptsCount);
  }
  return aggregates;
}

/** Those of `wanted` that `stored` lacks or has otherwise; other jobs' keys in `stored` are left alone. */
export function changedAggregates(
  wanted: ReadonlyMap<string, number>,
  stored: ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map([...wanted].filter(([key, value]) => stored.get(key) !== value));
}
