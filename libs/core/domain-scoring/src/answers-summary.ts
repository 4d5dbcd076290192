import { type Answer } from './answer';
import { totalAttempt } from './attempt-totals';
import { type AttemptVersion, type Digest, versionOf } from './attempt-version';

/** All that scores and versions need of an attempt's answers. */
export interface AnswersSummary extends Omit<AttemptVersion, 'timeMs'> {
  /** Points; not finite when the sum is beyond all numbers. */
  readonly score: number;
  /** Points; not finite when the sum is beyond all numbers. */
  readonly maxScore: number;
}

/** @param answers as they are stored */
export function summarizeAnswers(answers: readonly Answer[], digest: Digest): AnswersSummary {
  const { score, maxScore } = totalAttempt(answers);
  const { latestEtsMs, questionCount, digest: ofAnswers } = versionOf(0, answers, digest);
  return { score, maxScore, latestEtsMs, questionCount, digest: ofAnswers };
}
