import { AppError } from '@scorekeep/platform/util-errors';

/** Several writers kept changing one learner; nothing is lost. */
export const contendedError = (): AppError =>
  new AppError('INGEST.CONTENDED', 'other writers kept changing the same learner', { retryable: true });
