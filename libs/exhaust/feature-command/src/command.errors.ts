import { exhaustErrorCodes } from '@scorekeep/core/domain-exhaust';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** EXHAUST.CANNOT_WRITE */
export function cannotWrite(file: string, cause: unknown): AppError {
  const words = `cannot write the report ${file}: ${messageOf(cause)}`;
  return new AppError(exhaustErrorCodes.cannotWrite, words, { cause, context: { file } });
}
