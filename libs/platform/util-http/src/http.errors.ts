import { AppError } from '@scorekeep/platform/util-errors';

/** The request's body does not say what it must; the message names every problem with its path. */
export function invalidRequest(problems: string): AppError {
  return new AppError('HTTP.INVALID_REQUEST', problems);
}
