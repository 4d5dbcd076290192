import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** Every code a failure of `ArchiveStorage` can carry. */
export const storageErrorCodes = {
  /** The object is not in the store. */
  notFound: 'STORAGE.NOT_FOUND',
  /** The bucket (or container) itself is missing: somebody has to create it or correct the setting. */
  bucketNotFound: 'STORAGE.BUCKET_NOT_FOUND',
  /** A put without `replace` found another object under its key; that one is untouched. */
  objectExists: 'STORAGE.OBJECT_EXISTS',
  /** The store confirmed another length or checksum than was sent. */
  corrupted: 'STORAGE.CORRUPTED',
  /** A body ended before its announced length, or stopped arriving. Retryable: the connection may have broken. */
  truncated: 'STORAGE.TRUNCATED',
  /** No answer, a timeout or a fault of the store. Retryable; whether a write happened is not known. */
  unavailable: 'STORAGE.UNAVAILABLE',
  /** Credentials, permissions or a request that the store will never accept. */
  refused: 'STORAGE.REFUSED',
  /** No space or quota left. */
  full: 'STORAGE.FULL',
  /** The key breaks the rules of `assertStorageKey`, or collides with a folder of other keys. */
  invalidKey: 'STORAGE.INVALID_KEY',
} as const;

export type StorageErrorCode = (typeof storageErrorCodes)[keyof typeof storageErrorCodes];

/** Where a store lies and which setting says so: what an operator needs to look into a failure. */
export interface StorePlace {
  /** An endpoint or an absolute path; never credentials. */
  readonly address: string;
  /** Name of the environment variable to check first. */
  readonly setting: string;
}

/** True when `thrown` is the storage failure of that code. */
export function isStorageError(thrown: unknown, code: StorageErrorCode): thrown is AppError {
  return thrown instanceof AppError && thrown.code === code;
}

/** STORAGE.NOT_FOUND */
export function objectNotFound(key: string, cause?: unknown): AppError {
  return new AppError(storageErrorCodes.notFound, `There is no object ${key}.`, { cause, context: { key } });
}

/** STORAGE.BUCKET_NOT_FOUND */
export function bucketNotFound(bucket: string, place: StorePlace, cause?: unknown): AppError {
  const words = `There is no bucket ${bucket} at ${place.address} (${place.setting}).`;
  return new AppError(storageErrorCodes.bucketNotFound, words, { cause, context: { bucket, ...place } });
}

/** STORAGE.OBJECT_EXISTS */
export function objectExists(key: string, cause?: unknown): AppError {
  const words = `Another object ${key} exists already and stays as it is.`;
  return new AppError(storageErrorCodes.objectExists, words, { cause, context: { key } });
}

/** STORAGE.CORRUPTED. `difference` says in words what was sent and what the store confirmed. */
export function objectCorrupted(key: string, difference: string, cause?: unknown): AppError {
  const words = `The store does not hold what was sent as ${key}: ${difference}.`;
  return new AppError(storageErrorCodes.corrupted, words, { cause, context: { key } });
}

/** STORAGE.TRUNCATED, retryable. */
export function objectTruncated(
  key: string,
  length: { expected: number; received: number },
  cause?: unknown,
): AppError {
  const reason = cause === undefined ? '' : ` (${messageOf(cause)})`;
  const words = `The body of ${key} ended after ${length.received} of ${length.expected} bytes${reason}.`;
  return new AppError(storageErrorCodes.truncated, words, { cause, retryable: true, context: { key, ...length } });
}

/** STORAGE.UNAVAILABLE, retryable. */
export function storageUnavailable(place: StorePlace, cause: unknown): AppError {
  const words = `The store at ${place.address} (${place.setting}) is not available: ${messageOf(cause)}`;
  return new AppError(storageErrorCodes.unavailable, words, { cause, retryable: true, context: { ...place } });
}

/** STORAGE.REFUSED */
export function storageRefused(place: StorePlace, cause: unknown): AppError {
  const words = `The store at ${place.address} refused the request (check ${place.setting}): ${messageOf(cause)}`;
  return new AppError(storageErrorCodes.refused, words, { cause, context: { ...place } });
}

/** STORAGE.FULL */
export function storageFull(place: StorePlace, cause: unknown): AppError {
  const words = `The store at ${place.address} (${place.setting}) has no space left: ${messageOf(cause)}`;
  return new AppError(storageErrorCodes.full, words, { cause, context: { ...place } });
}

/** STORAGE.INVALID_KEY. `reason` completes "because it …". */
export function invalidStorageKey(key: string, reason: string, cause?: unknown): AppError {
  const words = `${JSON.stringify(key)} cannot be the key of an object because it ${reason}.`;
  return new AppError(storageErrorCodes.invalidKey, words, { cause, context: { key } });
}
