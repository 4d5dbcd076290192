import { type RunFailure } from '@scorekeep/core/domain-exhaust';
import { AppError } from '@scorekeep/platform/util-errors';

/** Errors whose words are about reports and archives, and name neither hosts nor statements. */
const FOR_CALLERS = /^(ARCHIVE|EXHAUST)\./;

/** What whoever asked is told of a failure, and whether another try can help. */
export function failureOf(error: unknown): RunFailure {
  if (!(error instanceof AppError)) return { words: 'an internal error', retryable: true };
  const { code, retryable, message } = error;
  if (FOR_CALLERS.test(code)) return { words: `${message} (${code})`, retryable };
  return {
    words: retryable ? `something it needs did not answer (${code})` : `it could not be made (${code})`,
    retryable,
  };
}
