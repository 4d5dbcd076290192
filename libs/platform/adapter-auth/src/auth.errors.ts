import { AppError } from '@scorekeep/platform/util-errors';

/** Not the caller's fault: nobody can tell yet whether the token is good. */
export function keysUnavailable(cause?: unknown): AppError {
  return new AppError('AUTH.KEYS_UNAVAILABLE', 'the keys to check tokens with could not be read yet', {
    cause,
    retryable: true,
  });
}

/** @param setting the setting that names the source */
export function keysUnreadable(source: string, setting: string, reason: string, cause?: unknown): AppError {
  return new AppError('AUTH.KEYS_UNREADABLE', `no keys can be read from ${source} (setting ${setting}): ${reason}`, {
    cause,
    retryable: true,
  });
}
