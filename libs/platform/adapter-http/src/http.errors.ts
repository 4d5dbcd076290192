import { randomInt } from 'node:crypto';
import { AppError } from '@scorekeep/platform/util-errors';

export function cannotListen(host: string, port: number, setting: string, cause: NodeJS.ErrnoException): AppError {
  const reason = cause.code === 'EADDRINUSE' ? 'the port is taken' : cause.message;
  return new AppError('HTTP.CANNOT_LISTEN', `cannot listen on ${host}:${port} (HTTP_HOST, ${setting}): ${reason}`, {
    cause,
  });
}

/** Callers that were refused together should not come back together. */
const RETRY_AFTER_S = { least: 1, most: 5 };

/** As many requests as may be are worked on, and as many as may wait, wait. */
export function saturated(): AppError {
  return new AppError('HTTP.SATURATED', 'too many requests at the moment, try again later', {
    retryable: true,
    context: { retryAfterS: randomInt(RETRY_AFTER_S.least, RETRY_AFTER_S.most + 1) },
  });
}

export function timedOut(timeoutMs: number): AppError {
  return new AppError('HTTP.TIMED_OUT', `a request was not answered within ${timeoutMs} ms (HTTP_REQUEST_TIMEOUT)`, {
    retryable: true,
  });
}

/** @param waitMs until the caller may call again */
export function tooManyRequests(waitMs: number): AppError {
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError('HTTP.TOO_MANY_REQUESTS', `too many requests of this user, try again in ${retryAfterS} s`, {
    context: { retryAfterS },
  });
}
