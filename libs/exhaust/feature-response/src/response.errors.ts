import { exhaustErrorCodes } from '@scorekeep/core/domain-exhaust';
import { type ArchivalRecord, formatIsoWeek } from '@scorekeep/core/domain-archive';
import { AppError } from '@scorekeep/platform/util-errors';

/** ARCHIVE.MISSING_MANIFEST */
export function missingManifest({ batchId, collectionId, week, iteration }: ArchivalRecord): AppError {
  const isoWeek = formatIsoWeek(week);
  const words =
    `week ${isoWeek} of batch ${batchId} (collection ${collectionId}) is recorded as archived, ` +
    'but not all of its manifests are in the store: a report would lack its rows';
  return new AppError(exhaustErrorCodes.missingManifest, words, {
    context: { batchId, collectionId, week: isoWeek, iteration },
  });
}

/** EXHAUST.ARCHIVE_MOVED, retryable. `change` says what the last try found, as a clause. */
export function archiveMoved(batchId: string, restarts: number, change: string): AppError {
  const words =
    `the archive of batch ${batchId} changed while it was read, in each of ${restarts + 1} tries ` +
    `(in the last one ${change}): try again when its archival has ended`;
  return new AppError(exhaustErrorCodes.archiveMoved, words, { retryable: true, context: { batchId, restarts } });
}
