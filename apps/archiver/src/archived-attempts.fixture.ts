import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { anAnswer, aRow } from '@scorekeep/core/testing-core';

export const weekMs = 7 * 24 * 3600 * 1000;
export const course = 'do_1130';
/** A Thursday of week 2020-53: its last days are in 2021. */
export const firstMs = Date.UTC(2020, 11, 31, 12);
export const weekNames = ['2020-53', '2021-1', '2021-2'];

/** An attempt of one of 20 learners, in one of three weeks. */
export function attempt(batchId: string, index: number, given: Partial<WrittenAttempt> = {}): WrittenAttempt {
  const updatedOnMs = firstMs + (index % 3) * weekMs + index * 1000;
  const answers = Array.from({ length: index % 4 }, (_, question) =>
    anAnswer({
      questionId: `q${question}`,
      etsMs: updatedOnMs + question,
      score: [1, 1 / 3, -0.5][question] ?? 0,
      title: ['What is it?\n', 'He said "yes", ಕನ್ನಡ', null][question] ?? null,
      durationSeconds: index / 4,
    }),
  );
  return {
    ...aRow({ attemptId: `attempt-${index}`, answers: [anAnswer()] }),
    ...{ userId: `learner ${index % 20}`, courseId: course, batchId, answers },
    ...{ createdOnMs: updatedOnMs, updatedOnMs, lastAttemptedOnMs: updatedOnMs - 500 },
    writeTimeUs: BigInt(updatedOnMs - 500) * 1000n + 7n,
    ...given,
  };
}

export const attempts = (batchId: string, count: number): WrittenAttempt[] =>
  Array.from({ length: count }, (_, index) => attempt(batchId, index));

/** Like `2021-1`. */
export function weekOf({ updatedOnMs }: WrittenAttempt): string {
  const { isoYear, isoWeek } = isoWeekOf(updatedOnMs ?? 0);
  return `${isoYear}-${isoWeek}`;
}
