import { contentStateErrorCodes } from '@scorekeep/content-state/feature-update';
import { type StatusByCode } from '@scorekeep/platform/adapter-http';

/** HTTP status of the errors that are a caller's own; others are 503 when a retry can help, else 500. */
export const statusByCode: StatusByCode = {
  [contentStateErrorCodes.notEnrolled]: 400,
  [contentStateErrorCodes.notYours]: 403,
};
