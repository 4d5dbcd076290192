import { maxScoreKey, scoreKey } from '@scorekeep/core/domain-scoring';
import { type LearnerMetrics } from './batch-metrics.port';

/** A learner's scores as the progress report writes them: `67%`, or empty. */
export interface ScorePercentages {
  readonly total: string;
  /** One per assessment, in the given order. */
  readonly contents: readonly string[];
}

/**
 * Scores as whole percentages, rounded up: of each assessment, and of all of them that have a score together.
 *
 * @param assessments ids of contents; metrics of others do not count
 * @returns empty for a content without a score or with a maximum of 0; all empty when no assessment has a score, or their
 *   maxima sum up to 0
 */
export function scorePercentages(metrics: LearnerMetrics, assessments: readonly string[]): ScorePercentages {
  const scored = assessments.filter((id) => metrics.has(scoreKey(id)));
  const sumOf = (key: (id: string) => string): number =>
    scored.reduce((sum, contentId) => sum + (metrics.get(key(contentId)) ?? 0), 0);
  const total = percentage(sumOf(scoreKey), sumOf(maxScoreKey));
  if (total === '') return { total, contents: assessments.map(() => '') };
  return {
    total,
    contents: assessments.map((id) => percentage(metrics.get(scoreKey(id)) ?? NaN, metrics.get(maxScoreKey(id)) ?? 0)),
  };
}

function percentage(score: number, maxScore: number): string {
  const percent = Math.ceil((100 * score) / maxScore);
  return maxScore > 0 && Number.isFinite(percent) ? `${percent}%` : '';
}
