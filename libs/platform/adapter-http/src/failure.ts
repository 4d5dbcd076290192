import { HttpException } from '@nestjs/common';
import { AppError } from '@scorekeep/platform/util-errors';
import { type SunbirdError } from './envelope';

/** HTTP status by the code of an `AppError`: `{ 'ENROLMENT.NOT_FOUND': 400 }`. Codes that are not in it are 500, or 503 when a retry can help. */
export type StatusByCode = Readonly<Record<string, number>>;

const codeByStatus: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** Errors of `platform/util-http`. */
const ownStatus: StatusByCode = { 'HTTP.INVALID_REQUEST': 400, 'HTTP.UNAUTHENTICATED': 401 };

const internalError: SunbirdError = { status: 500, code: 'INTERNAL_ERROR', message: 'internal error' };
const unavailable: SunbirdError = {
  status: 503,
  code: 'SERVICE_UNAVAILABLE',
  message: 'temporarily unavailable, try again later',
};

/**
 * What a caller may know of anything that was thrown. The words of errors that are the caller's own (4xx) are passed on;
 * all others become a fixed text, since theirs may name hosts or queries.
 */
export function describeFailure(thrown: unknown, statusByCode: StatusByCode): SunbirdError {
  if (thrown instanceof AppError) return describeAppError(thrown, statusByCode);
  if (!(thrown instanceof HttpException)) return internalError;
  const status = thrown.getStatus();
  if (status >= 500) return status === 503 ? unavailable : internalError;
  return { status, code: codeOf(status), message: thrown.message };
}

function describeAppError(error: AppError, statusByCode: StatusByCode): SunbirdError {
  const own = ownStatus[error.code];
  if (own !== undefined) return { status: own, code: codeOf(own), message: error.message };
  const status = statusByCode[error.code] ?? (error.retryable ? 503 : 500);
  if (status >= 500) return status === 503 ? unavailable : internalError;
  return { status, code: error.code.replaceAll('.', '_'), message: error.message };
}

function codeOf(status: number): string {
  return codeByStatus[status] ?? 'INVALID_REQUEST';
}
