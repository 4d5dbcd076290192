import { AppError } from '@scorekeep/platform/util-errors';

/** Every code this library throws. */
export const archiveErrorCodes = {
  invalidWeek: 'ARCHIVE.INVALID_WEEK',
  invalidPeriod: 'ARCHIVE.INVALID_PERIOD',
  unwritableRow: 'ARCHIVE.UNWRITABLE_ROW',
  wrongRow: 'ARCHIVE.WRONG_ROW',
  outOfOrder: 'ARCHIVE.OUT_OF_ORDER',
  corrupted: 'ARCHIVE.CORRUPTED',
  missingObject: 'ARCHIVE.MISSING_OBJECT',
  unreadableManifest: 'ARCHIVE.UNREADABLE_MANIFEST',
  alreadyPublished: 'ARCHIVE.ALREADY_PUBLISHED',
  leaseHeld: 'ARCHIVE.LEASE_HELD',
  leaseLost: 'ARCHIVE.LEASE_LOST',
  invalidState: 'ARCHIVE.INVALID_STATE',
} as const;

/** @param location how a person finds the object @param difference what differs, without any learner's data */
export function corrupted(location: string, difference: string, cause?: unknown): AppError {
  return new AppError(archiveErrorCodes.corrupted, `${location} is not what was archived: ${difference}`, {
    cause,
    context: { object: location },
  });
}

export function missingObject(location: string, cause?: unknown): AppError {
  return new AppError(archiveErrorCodes.missingObject, `${location} is named by a manifest and not there`, {
    cause,
    context: { object: location },
  });
}

export function unreadableManifest(location: string, problem: string, cause?: unknown): AppError {
  return new AppError(archiveErrorCodes.unreadableManifest, `${location} cannot be read: ${problem}`, {
    cause,
    context: { object: location },
  });
}
