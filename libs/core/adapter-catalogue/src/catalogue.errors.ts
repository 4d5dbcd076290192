import { AppError } from '@scorekeep/platform/util-errors';

export const catalogueUnavailable = (cause: unknown): AppError =>
  new AppError('CATALOGUE.UNAVAILABLE', 'the catalogue in Redis does not answer (setting REDIS_URL)', {
    cause,
    retryable: true,
  });
