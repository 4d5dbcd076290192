import { type Answer } from './answer';

/** Sums of one attempt, in points. */
export interface AttemptTotals {
  readonly score: number;
  readonly maxScore: number;
  /** The answers that count, one per question, in order of the question's first appearance. */
  readonly counted: readonly Answer[];
}

/**
 * Of each question the answer with the latest `ets`; among equal ones, the first in `answers`.
 *
 * @returns in order of the questions' first appearance
 */
export function latestPerQuestion(answers: readonly Answer[]): Answer[] {
  const latest = new Map<string, Answer>();
  for (const answer of answers) {
    const known = latest.get(answer.questionId);
    if (!known || answer.etsMs > known.etsMs) latest.set(answer.questionId, answer);
  }
  return [...latest.values()];
}

/**
 * Totals of one attempt.
 *
 * Scores are summed as doubles in order of the questions' first appearance, so equal input gives equal bits.
 *
 * @param answers all answers of the attempt, in message order; may be empty
 * @returns sums in points (not percent); an empty attempt gives 0 of 0
 */
export function totalAttempt(answers: readonly Answer[]): AttemptTotals {
  const counted = latestPerQuestion(answers);
  return {
    score: counted.reduce((sum, answer) => sum + answer.score, 0),
    maxScore: counted.reduce((sum, answer) => sum + answer.maxScore, 0),
    counted,
  };
}
