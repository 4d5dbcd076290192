import { AppError } from '@scorekeep/platform/util-errors';

/** The schema is not one that this program made, or could complete. */
export function foreignSchema(versions: readonly number[]): AppError {
  return new AppError(
    'SCHEMA.FOREIGN',
    `Version ${versions.join(', ')} of the schema was applied by another release of this program`,
    { context: { versions: versions.join(', ') } },
  );
}
