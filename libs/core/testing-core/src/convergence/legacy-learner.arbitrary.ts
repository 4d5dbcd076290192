import fc from 'fast-check';
import {
  type Answer,
  attemptKey,
  type AttemptOfLearner,
  attemptRow,
  totalAttempt,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { anAnswer, learner } from '../scoring/attempts.builder';
import { type CellwiseAttemptRows } from '../scoring/cellwise/cellwise-attempt-rows';
import { type CellwiseScoreBook } from '../scoring/cellwise/cellwise-score-book';
import { expectedMetrics } from './expected-attempts';
import { BEGAN_MS, SENT_MS } from './submissions.arbitrary';

/** An attempt that the reference scored, and what is left of it besides the metrics. */
export interface LegacyAttempt extends AttemptOfLearner {
  readonly timeMs: number;
  readonly answers: readonly Answer[];
  readonly score: number;
  readonly maxScore: number;
  /** By the wall clock of the reference. */
  readonly writtenOnMs: number;
  readonly left: 'row' | 'row and list' | 'list' | 'nothing';
}

const OTHER_JOBS_METRICS = { completedCount: 4 };

/**
 * Attempts x, y and l may be sent again, at other times than theirs. Of a and b, the best ones, nothing is left but the
 * metrics, and they are never sent again.
 */
export function someLegacyAttempts(): fc.Arbitrary<readonly LegacyAttempt[]> {
  const attempt = fc.record({
    attemptId: fc.constantFrom('x', 'y', 'l', 'a', 'b'),
    contentId: fc.constantFrom('c', 'd'),
    timeMs: fc.constantFrom(BEGAN_MS - 1_000, BEGAN_MS + 2_000),
    scores: fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 1, maxLength: 2 }),
    writtenOnMs: fc.integer({ min: SENT_MS - 3_000, max: SENT_MS + 3_000 }),
    left: fc.constantFrom('row' as const, 'row and list' as const, 'list' as const),
  });
  return fc.uniqueArray(attempt, { minLength: 1, maxLength: 4, selector: attemptKey }).map((attempts) =>
    attempts.map(({ scores, ...given }) => {
      const isArchived = ['a', 'b'].includes(given.attemptId);
      const points = isArchived ? [5, 5] : scores;
      const answers = points.map((score, index) => anAnswer({ questionId: `q${index}`, score, etsMs: given.timeMs }));
      const score = points.reduce((sum, each) => sum + each, 0);
      return { ...given, left: isArchived ? 'nothing' : given.left, answers, score, maxScore: answers.length };
    }),
  );
}

/** Puts rows, list and metrics as the reference leaves them. */
export function seedLegacyLearner(
  attempts: readonly LegacyAttempt[],
  { rows, book }: { readonly rows: CellwiseAttemptRows; readonly book: CellwiseScoreBook },
): void {
  const metrics = { ...expectedMetrics(attempts), ...OTHER_JOBS_METRICS };
  const aggDetails = attempts.filter(({ left }) => left.endsWith('list')).map(listed);
  book.seedLegacy(learner, { aggregates: new Map(Object.entries(metrics)), aggDetails });
  for (const attempt of attempts) {
    if (attempt.left.startsWith('row')) rows.writeAsReference(legacyRow(attempt), BigInt(attempt.writtenOnMs) * 1000n);
  }
}

/** What the metrics must be of these attempts: what the reference archived counts too, and other jobs' keys stay. */
export function metricsWithLegacy(
  attempts: readonly (AttemptOfLearner & { readonly score: number; readonly maxScore: number })[],
  legacy: readonly LegacyAttempt[],
): Record<string, number> {
  const archived = legacy.filter(({ left }) => left === 'nothing');
  const behindAll = archived.map((attempt) => ({ ...attempt, attemptId: `\uffff${attempt.attemptId}` }));
  return { ...expectedMetrics([...attempts, ...behindAll]), ...OTHER_JOBS_METRICS };
}

export function legacyRow({ contentId, attemptId, timeMs, answers, writtenOnMs }: LegacyAttempt): WrittenAttempt {
  const identity = { ...learner, contentId, attemptId };
  const times = { timeMs, createdOnMs: writtenOnMs, updatedOnMs: writtenOnMs };
  return {
    ...attemptRow({ ...identity, ...times, answers, totals: totalAttempt(answers) }),
    writeTimeUs: BigInt(writtenOnMs) * 1000n,
  };
}

function listed({ contentId, attemptId, score, maxScore, timeMs }: LegacyAttempt): string {
  const ids = { attempt_id: attemptId, content_id: contentId };
  return JSON.stringify({ ...ids, score, max_score: maxScore, attempted_on: timeMs / 1000 });
}
