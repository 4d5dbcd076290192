import { archiveErrorCodes, type BatchWeek, formatIsoWeek } from '@scorekeep/core/domain-archive';
import { AppError } from '@scorekeep/platform/util-errors';

/** Every code this library throws besides those of its ports. */
export const archiveFeatureErrorCodes = {
  missingManifest: 'ARCHIVE.MISSING_MANIFEST',
  ledgerContended: 'ARCHIVE.LEDGER_CONTENDED',
  attemptsContended: 'ARCHIVE.ATTEMPTS_CONTENDED',
  difference: 'ARCHIVE.DIFFERENCE',
  rowStaysDeleted: 'ARCHIVE.ROW_STAYS_DELETED',
  scoresNotMigrated: 'ARCHIVE.SCORES_NOT_MIGRATED',
  weeksFailed: 'ARCHIVE.WEEKS_FAILED',
} as const;

/** Rows are recorded as archived, and the manifests that are there do not name as many. */
export function missingManifest(batchWeek: BatchWeek, recordedRows: number, foundRows: number): AppError {
  return new AppError(
    archiveFeatureErrorCodes.missingManifest,
    `a manifest is missing: ${recordedRows} rows are recorded as archived, the manifests that are there name ${foundRows}`,
    { context: contextOf(batchWeek) },
  );
}

export function ledgerContended(batchWeek: BatchWeek): AppError {
  return new AppError(
    archiveFeatureErrorCodes.ledgerContended,
    'the record of the week kept changing, or its store kept failing',
    { retryable: true, context: contextOf(batchWeek) },
  );
}

/** Somebody worked on the week while it was looked at: what was found may be of another state. ARCHIVE.LEASE_HELD */
export function meanwhileChanged(batchWeek: BatchWeek): AppError {
  return new AppError(archiveErrorCodes.leaseHeld, 'somebody worked on the week meanwhile', {
    retryable: true,
    context: contextOf(batchWeek),
  });
}

/** Somebody keeps writing the learner whose rows are to be deleted; nothing is lost. */
export function attemptsContended(): AppError {
  return new AppError(
    archiveFeatureErrorCodes.attemptsContended,
    'attempts of a learner are being written at the moment; their rows stay until the next run',
    { retryable: true },
  );
}

/** A restored row is still not to be seen, though it was written with the present time. */
export function rowStaysDeleted(): AppError {
  return new AppError(
    archiveFeatureErrorCodes.rowStaysDeleted,
    'a row was deleted with a write time in the future: it cannot be restored before that',
  );
}

/** Only the number of a learner's former attempts is known; which ones they were, the migration reads from the archive. */
export function scoresNotMigrated(): AppError {
  return new AppError(
    archiveFeatureErrorCodes.scoresNotMigrated,
    'attempts that the reference archived are not in the scores of their learners yet: run "migrator scores" first',
  );
}

/** The table contradicts the archive. */
export function difference(batchWeek: BatchWeek, words: string): AppError {
  return new AppError(archiveFeatureErrorCodes.difference, words, { context: contextOf(batchWeek) });
}

/** The last word of a command some of whose weeks did not go well. */
export function weeksFailed(what: string, count: number): AppError {
  return new AppError(archiveFeatureErrorCodes.weeksFailed, `${count} ${count === 1 ? 'week' : 'weeks'} ${what}`);
}

function contextOf({ batchId, collectionId, week }: BatchWeek): Record<string, string> {
  return { batchId, collectionId, week: formatIsoWeek(week) };
}
