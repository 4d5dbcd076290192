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
import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** Which bucket a request went to, and what it was about. */
export interface GcsRequestSubject {
  readonly address: string;
  readonly bucket: string;
  /** The object's name; a prefix or empty where a request is about the bucket. */
  readonly key: string;
}

type Translation = (cause: Error, subject: GcsRequestSubject) => AppError;

const SETTING = 'GCS_KEY_FILE';
const unavailable: Translation = (cause, { address }) =>
  storageUnavailable({ address, setting: 'GCS_API_ENDPOINT' }, cause);
const refused: Translation = (cause, { address }) => storageRefused({ address, setting: SETTING }, cause);
const full: Translation = (cause, { address }) => storageFull({ address, setting: SETTING }, cause);
const exists: Translation = (cause, { key }) => objectExists(key, cause);
const corrupted: Translation = (cause, { key }) => objectCorrupted(key, 'the store received other bytes', cause);
const noBucket: Translation = (cause, { address, bucket }) =>
  bucketNotFound(bucket, { address, setting: 'STORAGE_BUCKET' }, cause);
const badName: Translation = (cause, { key }) => invalidStorageKey(key, 'is no name of an object', cause);

const PASSING_STATUSES = [408, 409, 429];
/** What the SDK throws, before any request, where it finds no credentials that it can use. */
const NO_CREDENTIALS = /Could not load the default credentials|ENOENT|invalid_grant|private_key|client_email|key file/;

/** The status of the service's answer; undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  const { code } = error as { readonly code?: unknown };
  const status = Number(code);
  return Number.isInteger(status) && status >= 100 ? status : undefined;
}

/** The service answers 404 for a missing object and for a missing bucket; only its words tell them apart. */
export function isBucketMissing(error: unknown): boolean {
  return statusOf(error) === 404 && /bucket does not exist/i.test(messageOf(error));
}

/** Whether the same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return translationOf(error) === unavailable;
}

/** What a failed request means to users of the port. Failures that are translated already stay. */
export function translateGcsError(error: unknown, subject: GcsRequestSubject): AppError {
  if (error instanceof AppError) return error;
  return translationOf(error)(inWords(error), subject);
}

function translationOf(error: unknown): Translation {
  const status = statusOf(error);
  const words = messageOf(error);
  if (status === undefined) return NO_CREDENTIALS.test(words) ? refused : unavailable;
  if (isBucketMissing(error)) return noBucket;
  if (status === 400) return ofBadRequest(words);
  if (status === 404) return (cause, { key }) => objectNotFound(key, cause);
  if (status === 412) return exists;
  if (status === 507) return full;
  return status < 500 && !PASSING_STATUSES.includes(status) ? refused : unavailable;
}

function ofBadRequest(words: string): Translation {
  if (/md5|crc32c|hash/i.test(words)) return corrupted;
  return /object name/i.test(words) ? badName : refused;
}

/** The first line alone: an answer that is no JSON may be long. */
function inWords(error: unknown): Error {
  const status = statusOf(error);
  const [line = ''] = messageOf(error).split('\n');
  return new Error(status === undefined ? line : `${line}, HTTP ${status}`, { cause: error });
}
