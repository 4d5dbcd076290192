import { HttpException } from '@nestjs/common';
import { AppError } from '@scorekeep/platform/util-errors';
import { type SunbirdError } from './envelope';

/** HTTP status by the code of an `AppError`: `{ 'ENROLMENT.NOT_FOUND': 400 }`. Codes that are not in it are 500, or 503 when a retry can help. */
export type StatusByCode = Readonly<Record<string, number>>;

/** What a caller may know of a failure; `retryAfterS`: when to try again. */
export interface Failure extends SunbirdError {
  readonly retryAfterS?: number;
}

const codeByStatus: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  431: 'HEADERS_TOO_LARGE',
};

/** Errors of this library and of `platform/util-http`, whose words are made for callers. */
const ownStatus: StatusByCode = {
  'HTTP.INVALID_REQUEST': 400,
  'HTTP.UNAUTHENTICATED': 401,
  'HTTP.TOO_MANY_REQUESTS': 429,
};

const OUTAGE_RETRY_AFTER_S = 5;
const internalError: Failure = { status: 500, code: 'INTERNAL_ERROR', message: 'internal error' };
const unavailable: Failure = {
  status: 503,
  code: 'SERVICE_UNAVAILABLE',
  message: 'temporarily unavailable, try again later',
  retryAfterS: OUTAGE_RETRY_AFTER_S,
};

/**
 * What a caller may know of anything that was thrown. The words of errors that are the caller's own (4xx) are passed on;
 * all others become a fixed text, since theirs may name hosts or queries.
 */
export function describeFailure(thrown: unknown, statusByCode: StatusByCode): Failure {
  if (thrown instanceof AppError) return describeAppError(thrown, statusByCode);
  if (!(thrown instanceof HttpException)) return internalError;
  const status = thrown.getStatus();
  if (status >= 500) return status === 503 ? unavailable : internalError;
  return { status, code: codeOf(status), message: thrown.message };
}

/** The code of an error that has none of its own. */
export function codeOf(status: number): string {
  return codeByStatus[status] ?? 'INVALID_REQUEST';
}

function describeAppError(error: AppError, statusByCode: StatusByCode): Failure {
  const own = ownStatus[error.code];
  if (own !== undefined) return { status: own, code: codeOf(own), message: error.message, ...retryAfterOf(error) };
  const status = statusByCode[error.code] ?? (error.retryable ? 503 : 500);
  if (status >= 500) return status === 503 ? { ...unavailable, ...retryAfterOf(error) } : internalError;
  return { status, code: error.code.replaceAll('.', '_'), message: error.message };
}

function retryAfterOf({ context: { retryAfterS } }: AppError): { readonly retryAfterS?: number } {
  return typeof retryAfterS === 'number' ? { retryAfterS } : {};
}
