import { type AttemptScore } from './attempt-score';
import { type ProvenScore } from './archived-attempt';
import { type AttemptOfLearner } from './identity';

/** Two sources say different points of one attempt at one time. */
export interface ScoreConflict extends AttemptOfLearner {
  readonly field: 'score' | 'maxScore';
  /** Points that count. */
  readonly kept: number;
  /** Points that do not. */
  readonly left: number;
  /** The version's time, ms since epoch. */
  readonly timeMs: number;
}

type Claim = ProvenScore & AttemptOfLearner;

/** An earlier or later version is no contradiction; `agg_details` knows times to the second only. */
export function conflictsBetween(winner: Claim, other: Claim): ScoreConflict[] {
  const timeMs = winner.version.timeMs;
  if (Math.floor(timeMs / 1000) !== Math.floor(other.version.timeMs / 1000)) return [];
  const { contentId, attemptId } = winner;
  return (['score', 'maxScore'] as const)
    .filter((field) => winner[field] !== other[field])
    .map((field) => ({ contentId, attemptId, field, kept: winner[field], left: other[field], timeMs }));
}

/**
 * What the reference's list says otherwise than the entries do.
 *
 * @param listed its attempts, as `parseAggDetail` gives them
 */
export function listConflicts(
  attempts: ReadonlyMap<string, AttemptScore>,
  listed: ReadonlyMap<string, AttemptScore>,
): ScoreConflict[] {
  return [...listed].flatMap(([key, claim]) => {
    const entry = attempts.get(key);
    return entry ? conflictsBetween(entry, claim) : [];
  });
}
