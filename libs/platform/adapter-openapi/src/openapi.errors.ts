import { AppError } from '@scorekeep/platform/util-errors';

/** A mistake in the app: the descriptions and the routes do not go together. */
export function badDescriptions(problem: string): AppError {
  return new AppError('OPENAPI.BAD_DESCRIPTIONS', problem);
}
