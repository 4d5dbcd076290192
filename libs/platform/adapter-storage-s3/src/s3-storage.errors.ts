import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import {
  bucketNotFound,
  invalidStorageKey,
  objectCorrupted,
  objectExists,
  objectNotFound,
  storageFull,
  storageRefused,
  storageUnavailable,
} from '@scorekeep/platform/domain-storage';

/** Which store a request went to, and what it was about. */
export interface S3RequestSubject {
  /** The endpoint, without credentials. */
  readonly address: string;
  readonly bucket: string;
  /** The object's key; a prefix or empty where a request is about the bucket. */
  readonly key: string;
}

type Translation = (cause: Error, subject: S3RequestSubject) => AppError;

const unavailable: Translation = (cause, { address }) => storageUnavailable({ address, setting: 'S3_ENDPOINT' }, cause);
const full: Translation = (cause, { address }) => storageFull({ address, setting: 'S3_ENDPOINT' }, cause);
const refused: Translation = (cause, { address }) =>
  storageRefused({ address, setting: 'S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION' }, cause);
const corrupted: Translation = (cause, { key }) => objectCorrupted(key, 'the store received other bytes', cause);

/** By the store's own code, which says more than the status of the answer. */
const BY_CODE = new Map<string, Translation>([
  ['NoSuchKey', (cause, { key }) => objectNotFound(key, cause)],
  [
    'NoSuchBucket',
    (cause, { bucket, address }) => bucketNotFound(bucket, { address, setting: 'STORAGE_BUCKET' }, cause),
  ],
  ['PreconditionFailed', (cause, { key }) => objectExists(key, cause)],
  ['KeyTooLongError', (cause, { key }) => invalidStorageKey(key, 'is longer than the store takes', cause)],
  ['BadDigest', corrupted],
  ['InvalidDigest', corrupted],
  ['XAmzContentSHA256Mismatch', corrupted],
  ['QuotaExceeded', full],
  ['XMinioStorageFull', full],
  ['RequestTimeout', unavailable],
  ['SlowDown', unavailable],
  ['CredentialsProviderError', refused],
]);

/** Codes that a second try of the same request can get past, although they blame the client. */
const PASSING_STATUSES = [408, 409, 429];

/** The status of the store's answer; undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

/** What a failed request means to users of the port. Failures that are translated already stay. */
export function translateS3Error(error: unknown, subject: S3RequestSubject): AppError {
  if (error instanceof AppError) return error;
  const { name } = error as Error;
  return (BY_CODE.get(name) ?? byStatus(error))(inWords(error), subject);
}

function byStatus(error: unknown): Translation {
  const status = statusOf(error);
  if (status === 507) return full;
  if (status === 412) return (cause, { key }) => objectExists(key, cause);
  if (status !== undefined && status >= 300 && status < 500 && !PASSING_STATUSES.includes(status)) return refused;
  if (messageOf(error).includes('Region is missing')) return refused;
  return unavailable;
}

/** Answers to HEAD have no text, and a connection that failed on several addresses has none either. */
function inWords(error: unknown): Error {
  const { name, message, code } = error as Error & { code?: string };
  const status = statusOf(error);
  const words = [message, code ?? name].find(isNamed);
  if (status === undefined) return new Error(words ?? name, { cause: error });
  const answer = isNamed(name) ? `HTTP ${status}, ${name}` : `HTTP ${status}`;
  return new Error(words === undefined || words === name ? answer : `${words} (${answer})`, { cause: error });
}

/** The SDK has names for what it knows the status of only. */
function isNamed(words: string): boolean {
  return words !== '' && words !== 'Unknown' && words !== 'UnknownError';
}
