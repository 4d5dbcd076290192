import { AppError } from '@scorekeep/platform/util-errors';

/** Codes of schema changes. None is cured by repeating, except `locked` and `lockLost`. */
export const SchemaErrorCode = {
  /** A version is recorded as applied with other contents than this program's. */
  changed: 'SCHEMA.CHANGED',
  /** A version is recorded that this program does not know. */
  newer: 'SCHEMA.NEWER',
  /** Something that is needed exists, but differently. */
  conflict: 'SCHEMA.CONFLICT',
  locked: 'SCHEMA.LOCKED',
  lockLost: 'SCHEMA.LOCK_LOST',
} as const;

export function changedVersion(version: number, name: string): AppError {
  return new AppError(
    SchemaErrorCode.changed,
    `Version ${version} (${name}) of the schema was applied with other contents than this program has. ` +
      'Use the program that applied it, or a later release.',
    { context: { version } },
  );
}

export function newerVersion(version: number, newestKnown: number): AppError {
  return new AppError(
    SchemaErrorCode.newer,
    `The schema has version ${version}, but this program knows none after ${newestKnown}. Use a later release.`,
    { context: { version, newestKnown } },
  );
}

export function conflict(conflicts: readonly string[]): AppError {
  return new AppError(
    SchemaErrorCode.conflict,
    `The keyspace has what is needed, but differently; nothing was changed: ${conflicts.join('; ')}`,
  );
}

export function locked(holder: string, waitedMs: number): AppError {
  return new AppError(
    SchemaErrorCode.locked,
    `Another process (${holder}) has been changing the schema for ${Math.round(waitedMs / 1000)} s. Try again later.`,
    { context: { holder }, retryable: true },
  );
}

export function lockLost(holder: string | undefined): AppError {
  return new AppError(
    SchemaErrorCode.lockLost,
    `The lock was lost to ${holder ?? 'nobody in particular'}: this process stood still for too long. Run it again.`,
    { context: { holder }, retryable: true },
  );
}
