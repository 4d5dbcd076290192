import { AppError } from '@scorekeep/platform/util-errors';

const CODE = 'CATALOGUE.UNAVAILABLE';

export const redisUnavailable = (cause: unknown): AppError =>
  new AppError(CODE, 'the catalogue in Redis does not answer (setting REDIS_URL)', { cause, retryable: true });

/** @param problem completes "the content API …" @param url what was asked for */
export const contentApiUnavailable = (problem: string, url: string, cause?: unknown): AppError =>
  new AppError(CODE, `the content API ${problem} (setting CONTENT_API_URL)`, {
    cause,
    context: { url },
    retryable: true,
  });
