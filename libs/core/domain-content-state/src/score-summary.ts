import { type AttemptScore, metricsOf } from '@scorekeep/core/domain-scoring';

/** One attempt, as apps show it. */
export interface ListedAttempt {
  readonly attemptId: string;
  /** Ms since epoch. */
  readonly lastAttemptedOn: number;
  /** Points. */
  readonly totalScore: number;
  /** Points. */
  readonly totalMaxScore: number;
}

/** A learner's attempts of one content. */
export interface ScoreSummary {
  /** The newest ones, newest first; placeholders are never listed. */
  readonly score: readonly ListedAttempt[];
  /** Over all attempts. A placeholder that is the best one has no attempt id. */
  readonly bestScore: { readonly totalScore: number; readonly totalMaxScore: number; readonly attemptId: string };
  readonly attemptsCount: number;
}

/**
 * Summaries by content id, of contents with at least one attempt.
 *
 * @param maxListed how many attempts of one content are listed
 */
export function summarizeScores(attempts: Iterable<AttemptScore>, maxListed: number): Map<string, ScoreSummary> {
  const all = [...attempts];
  const byContent = groupedByContent(all);
  return new Map(
    [...metricsOf(all)].map(([contentId, { score, maxScore, attemptsCount, bestAttemptId }]) => {
      const ofContent = byContent.get(contentId) ?? [];
      const isListed = ofContent.some(({ placeholder, attemptId }) => !placeholder && attemptId === bestAttemptId);
      return [
        contentId,
        {
          score: newestFirst(ofContent).slice(0, maxListed),
          bestScore: { totalScore: score, totalMaxScore: maxScore, attemptId: isListed ? bestAttemptId : '' },
          attemptsCount,
        },
      ];
    }),
  );
}

function groupedByContent(attempts: readonly AttemptScore[]): Map<string, AttemptScore[]> {
  const groups = new Map<string, AttemptScore[]>();
  for (const attempt of attempts) {
    const group = groups.get(attempt.contentId);
    if (group) group.push(attempt);
    else groups.set(attempt.contentId, [attempt]);
  }
  return groups;
}

/** Equally late ones in order of their ids, so that an answer is always the same. */
function newestFirst(attempts: readonly AttemptScore[]): ListedAttempt[] {
  return attempts
    .filter(({ placeholder }) => !placeholder)
    .map(({ attemptId, score, maxScore, version }) => ({
      attemptId,
      lastAttemptedOn: version.timeMs,
      totalScore: score,
      totalMaxScore: maxScore,
    }))
    .sort((left, right) => right.lastAttemptedOn - left.lastAttemptedOn || (left.attemptId < right.attemptId ? -1 : 1));
}
