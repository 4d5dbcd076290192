import { AppError } from '@scorekeep/platform/util-errors';

/** Several writers kept changing one learner; nothing is lost. */
export const contendedError = (): AppError =>
  new AppError('INGEST.CONTENDED', 'other writers kept changing the same learner', { retryable: true });

/** The thread that reads records ended in the middle of some; there will be another one. */
export const readerDiedError = (cause: unknown): AppError =>
  new AppError('INGEST.READER_DIED', 'the thread that reads records ended', { retryable: true, cause });
