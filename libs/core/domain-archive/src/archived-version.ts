import { attemptTimeMs, canonicalAnswers, type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { questionCellOf } from './question-cell';

/** One copy of an attempt: live, archived, archived again. `writeTimeUs` is there where it is known. */
export type AttemptCopy = StoredAttempt & { readonly writeTimeUs?: bigint };

/**
 * Orders the copies of one attempt: without questions below with questions, then by attempt time, latest `assess_ts`,
 * number of distinct questions, `updated_on`. What is still equal is ordered by content and at last by write time (known
 * above unknown), so that every reader chooses alike in whatever order it meets the copies.
 *
 * @returns negative when `left` is the smaller version, 0 when they are the same in content and write time
 */
export function compareCopies(left: AttemptCopy, right: AttemptCopy): number {
  return (
    Number(left.answers.length > 0) - Number(right.answers.length > 0) ||
    attemptTimeMs(left) - attemptTimeMs(right) ||
    compareOrdered(latestEtsMs(left), latestEtsMs(right)) ||
    questionCount(left) - questionCount(right) ||
    compareOrdered(left.updatedOnMs ?? -Infinity, right.updatedOnMs ?? -Infinity) ||
    compareContent(left, right) ||
    compareWriteTimes(left, right)
  );
}

/**
 * The copy that counts, as a whole. Commutative, associative and idempotent: copies may be compared in any order and
 * grouping.
 *
 * @param copies of one attempt
 * @returns undefined without any; of copies that are the same, the first
 */
export function greatestVersion<T extends AttemptCopy>(copies: readonly [T, ...T[]]): T;
export function greatestVersion<T extends AttemptCopy>(copies: readonly T[]): T | undefined;
export function greatestVersion<T extends AttemptCopy>(copies: readonly T[]): T | undefined {
  return copies.reduce<T | undefined>(
    (greatest, copy) => (greatest && compareCopies(greatest, copy) >= 0 ? greatest : copy),
    undefined,
  );
}

/** True when two rows say the same, write times aside: ids, times, totals, and answers in the same order. */
export function sameContent(left: StoredAttempt, right: StoredAttempt): boolean {
  return (
    left.userId === right.userId &&
    left.courseId === right.courseId &&
    left.batchId === right.batchId &&
    left.contentId === right.contentId &&
    left.attemptId === right.attemptId &&
    (sameFieldsAndText(left, right) || compareContent(left, right) === 0)
  );
}

/**
 * True when two copies of one attempt are one version of it: the same time, points and answers. When it was recorded may
 * differ: an event that comes again, sent earlier, is written with its own record's time.
 */
export function sameVersion(left: AttemptCopy, right: AttemptCopy): boolean {
  return (
    attemptTimeMs(left) === attemptTimeMs(right) &&
    left.totalScore === right.totalScore &&
    left.totalMaxScore === right.totalMaxScore &&
    left.grandTotal === right.grandTotal &&
    canonicalAnswers(left.answers) === canonicalAnswers(right.answers)
  );
}

/** Equal without a look at the answers, which may not be built yet. */
function sameFieldsAndText(left: StoredAttempt, right: StoredAttempt): boolean {
  const [ofLeft, ofRight] = [questionCellOf(left), questionCellOf(right)];
  if (!ofLeft || !ofRight || fieldsOf(left) !== fieldsOf(right)) return false;
  return ofLeft.json() === ofRight.json();
}

function latestEtsMs({ answers }: StoredAttempt): number {
  return answers.reduce((latest, answer) => Math.max(latest, answer.etsMs), -Infinity);
}

function questionCount({ answers }: StoredAttempt): number {
  return new Set(answers.map(({ questionId }) => questionId)).size;
}

function compareContent(left: StoredAttempt, right: StoredAttempt): number {
  const fields = compareOrdered(fieldsOf(left), fieldsOf(right));
  return fields === 0 ? compareOrdered(canonicalAnswers(left.answers), canonicalAnswers(right.answers)) : fields;
}

/** `String` and not JSON: it tells NaN and infinities apart from each other and from null. */
function fieldsOf(row: StoredAttempt): string {
  const numbers = [row.lastAttemptedOnMs, row.updatedOnMs, row.createdOnMs, row.totalScore, row.totalMaxScore];
  return `${numbers.map(String).join(' ')} ${JSON.stringify(row.grandTotal)}`;
}

function compareWriteTimes(left: AttemptCopy, right: AttemptCopy): number {
  if (left.writeTimeUs === right.writeTimeUs) return 0;
  if (left.writeTimeUs === undefined) return -1;
  return right.writeTimeUs === undefined || left.writeTimeUs > right.writeTimeUs ? 1 : -1;
}

/** Infinities included, which a difference could not order. */
function compareOrdered<T extends string | number>(left: T, right: T): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
