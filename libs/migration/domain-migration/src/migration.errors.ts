import { AppError } from '@scorekeep/platform/util-errors';

export const migrationErrorCodes = {
  held: 'MIGRATION.HELD',
  leaseLost: 'MIGRATION.LEASE_LOST',
  contended: 'MIGRATION.CONTENDED',
  failed: 'MIGRATION.FAILED',
  different: 'MIGRATION.DIFFERENT',
  refused: 'MIGRATION.REFUSED',
  answersDropped: 'MIGRATION.ANSWERS_DROPPED',
} as const;

export function migrationHeld(migration: string, holder: string): AppError {
  return new AppError(
    migrationErrorCodes.held,
    `Another process (${holder}) runs the migration ${migration}. Try again when it has ended; after a kill, in a quarter of a minute.`,
    { context: { migration, holder }, retryable: true },
  );
}

export function leaseLost(migration: string): AppError {
  return new AppError(
    migrationErrorCodes.leaseLost,
    `The lease of the migration ${migration} was lost: this process stood still for too long. Run it again.`,
    { context: { migration } },
  );
}

/** Cassandra keeps the type of a dropped column and lets none of another type have its name; a user-defined one it keeps as a tuple. */
export function answersDropped(): AppError {
  return new AppError(
    migrationErrorCodes.answersDropped,
    'The answers were dropped from assessment_aggregator, and Cassandra lets that column never come back: the layout stays split',
  );
}
