import { AppError } from '@scorekeep/platform/util-errors';

/** The request's body does not say what it must; the message names every problem with its path. */
export function invalidRequest(problems: string): AppError {
  return new AppError('HTTP.INVALID_REQUEST', problems);
}

/** Nobody is named who can be believed; the message says what is wrong with the token, never what is in it. */
export function unauthenticated(reason: string, cause?: unknown): AppError {
  return new AppError('HTTP.UNAUTHENTICATED', reason, { cause });
}
