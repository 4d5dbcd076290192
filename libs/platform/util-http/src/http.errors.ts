import { AppError } from '@scorekeep/platform/util-errors';

/** So that a body of ten thousand wrong items is not answered with ten thousand sentences. */
const SHOWN_PROBLEMS = 100;
const LONGEST_PROBLEM = 300;

/** The request does not say what it must. @param problems all of them, each with its path (`request.batchId must be …`) */
export function invalidRequest(...problems: readonly string[]): AppError {
  const more = problems.length - SHOWN_PROBLEMS;
  const shown = problems.slice(0, SHOWN_PROBLEMS).map((problem) => problem.slice(0, LONGEST_PROBLEM));
  return new AppError('HTTP.INVALID_REQUEST', shown.join('; ') + (more > 0 ? `; and ${more} more` : ''));
}

/** Nobody is named who can be believed; the message says what is wrong with the token, never what is in it. */
export function unauthenticated(reason: string, cause?: unknown): AppError {
  return new AppError('HTTP.UNAUTHENTICATED', reason, { cause });
}
