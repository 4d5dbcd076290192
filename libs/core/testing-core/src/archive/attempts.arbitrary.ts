import { type Answer, type StoredAttempt } from '@scorekeep/core/domain-scoring';
import * as fc from 'fast-check';

const awkwardTexts = [
  '',
  'null',
  '"',
  '""',
  '\\',
  '\\"',
  ',',
  '\n',
  '\r\n',
  '\r',
  '\u0000',
  '[]',
  ' a ',
  '\ufeff',
  '😀',
  '\uffff',
  '=1+1',
];

/** Any text that Cassandra can hold: all of Unicode, and what CSV and JSON find hard. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(...awkwardTexts),
  fc.array(fc.constantFrom(...awkwardTexts, 'x'), { maxLength: 5 }).map((parts) => parts.join('')),
);

/** Times that a calendar has, ms since epoch; from before Christ to far in the future. */
export const anyTimeMs: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 1_500_000_000_000, max: 1_800_000_000_000 }),
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
);

/** Any double: zeros of both signs, infinities, NaN. */
export const anyDouble: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, 1, 0.33, 1e21, -1e21, 5e-324, 1e-7, Number.MAX_VALUE, NaN, Infinity, -Infinity),
  fc.double(),
  fc.integer(),
);

const anyMap = fc
  .array(fc.tuple(fc.oneof(anyText, fc.constantFrom('1', '2', '10', '__proto__', 'answer')), anyText), { maxLength: 4 })
  .map((entries) => new Map(entries));
const anyTextOrNull = fc.option(anyText, { nil: null });

export const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  questionId: anyText,
  etsMs: anyTimeMs,
  maxScore: anyDouble,
  score: anyDouble,
  type: anyTextOrNull,
  title: anyTextOrNull,
  description: anyTextOrNull,
  resvalues: fc.array(anyMap, { maxLength: 3 }),
  params: fc.array(anyMap, { maxLength: 3 }),
  durationSeconds: anyDouble,
});

/** Any row, of any batch and week. */
export const anyStoredAttempt: fc.Arbitrary<StoredAttempt> = fc.record({
  userId: anyText,
  courseId: anyText,
  batchId: anyText,
  contentId: anyText,
  attemptId: anyText,
  createdOnMs: fc.option(anyTimeMs, { nil: null }),
  updatedOnMs: fc.option(anyTimeMs, { nil: null }),
  lastAttemptedOnMs: fc.option(anyTimeMs, { nil: null }),
  grandTotal: anyTextOrNull,
  totalScore: fc.option(anyDouble, { nil: null }),
  totalMaxScore: fc.option(anyDouble, { nil: null }),
  answers: fc.array(anyAnswer, { maxLength: 3 }),
});
