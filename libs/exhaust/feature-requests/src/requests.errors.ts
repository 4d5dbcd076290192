import { type RequestKey } from '@scorekeep/core/domain-exhaust';
import { AppError } from '@scorekeep/platform/util-errors';

export const requestErrorCodes = {
  /** Nothing of that name in the caller's channel. */
  notFound: 'EXHAUST.NOT_FOUND',
  /** The caller is not who they say. */
  notYours: 'EXHAUST.NOT_YOURS',
  /** As many requests of the channel are open as may be. */
  tooManyOpen: 'EXHAUST.TOO_MANY_OPEN_REQUESTS',
  /** The same request is open with another password. */
  otherPassword: 'EXHAUST.OTHER_PASSWORD',
  /** No key is set to keep passwords with. */
  encryptionOff: 'EXHAUST.ENCRYPTION_OFF',
  /** A stored password cannot be read: the key is another one. */
  passwordUnreadable: 'EXHAUST.PASSWORD_UNREADABLE',
  /** Others changed the same record every time. Retryable. */
  contended: 'EXHAUST.CONTENDED',
} as const;

export function notFound(what: string): AppError {
  return new AppError(requestErrorCodes.notFound, what);
}

export function notYours(reason: string): AppError {
  return new AppError(requestErrorCodes.notYours, reason);
}

export function tooManyOpen(most: number): AppError {
  const words = `this channel has ${most} open requests, which is as many as it may have: wait until one has ended`;
  return new AppError(requestErrorCodes.tooManyOpen, words);
}

export function otherPassword({ requestId }: RequestKey): AppError {
  const words =
    `request.encryptionKey is not that of the same request ${requestId}, which is open: ` +
    'give the same one, or wait until it has ended';
  return new AppError(requestErrorCodes.otherPassword, words);
}

export function encryptionOff(): AppError {
  const words = 'request.encryptionKey cannot be used: encrypted reports are off here (setting EXHAUST_KEY_SECRET)';
  return new AppError(requestErrorCodes.encryptionOff, words);
}

export function passwordUnreadable(cause?: unknown): AppError {
  const words = 'the password of the request cannot be read: EXHAUST_KEY_SECRET has changed since it was submitted';
  return new AppError(requestErrorCodes.passwordUnreadable, words, { cause });
}

export function contended({ tag, requestId }: Partial<RequestKey>): AppError {
  return new AppError(requestErrorCodes.contended, 'others changed the same record at the same time', {
    context: { tag, requestId },
    retryable: true,
  });
}
