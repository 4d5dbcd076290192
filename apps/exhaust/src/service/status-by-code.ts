import { requestErrorCodes } from '@scorekeep/exhaust/feature-requests';
import { type StatusByCode } from '@scorekeep/platform/adapter-http';

/** HTTP status of the errors that are a caller's own; others are 503 when a retry can help, else 500. */
export const statusByCode: StatusByCode = {
  [requestErrorCodes.notFound]: 404,
  [requestErrorCodes.notYours]: 403,
  [requestErrorCodes.tooManyOpen]: 429,
  [requestErrorCodes.otherPassword]: 400,
  [requestErrorCodes.encryptionOff]: 400,
};
