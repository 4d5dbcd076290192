import { migrationErrorCodes } from '@scorekeep/migration/domain-migration';
import { AppError } from '@scorekeep/platform/util-errors';
import { type FailedUnit } from './runs/run-units';

export function missingManifest(location: string): AppError {
  return new AppError(
    'MIGRATION.MISSING_MANIFEST',
    `${location} is not there, though the week was archived: what it named cannot be told from what was never published`,
    { context: { object: location } },
  );
}

export function learnerContended(): AppError {
  return new AppError(migrationErrorCodes.contended, 'Others keep changing a learner: nothing is lost, try again', {
    retryable: true,
  });
}

export function unitsFailed(failed: readonly FailedUnit[]): AppError {
  const [first] = failed;
  return new AppError(
    migrationErrorCodes.failed,
    `${failed.length} parts failed and are done again by the next run. The first: ${first?.unit}: ${first?.error}`,
    { context: { failed: failed.length } },
  );
}

export function different(what: string, count: number): AppError {
  return new AppError(migrationErrorCodes.different, `${count} ${what}`, { context: { count } });
}

export function refused(reason: string): AppError {
  return new AppError(migrationErrorCodes.refused, reason);
}

export function rangeDiffers(rows: number): AppError {
  return new AppError(
    migrationErrorCodes.different,
    `${rows} or more rows of this part differ between the tables at one write time, or cannot be copied`,
    { context: { rows } },
  );
}
