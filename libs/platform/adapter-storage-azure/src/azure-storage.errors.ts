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

/** Which container a request went to, and what it was about. */
export interface AzureRequestSubject {
  /** The account's URL, without credentials. */
  readonly address: string;
  readonly container: string;
  /** The blob's name; a prefix or empty where a request is about the container. */
  readonly key: string;
}

type Translation = (cause: Error, subject: AzureRequestSubject) => AppError;

const SETTING = 'AZURE_STORAGE_CONNECTION_STRING';
const unavailable: Translation = (cause, { address }) => storageUnavailable({ address, setting: SETTING }, cause);
const refused: Translation = (cause, { address }) => storageRefused({ address, setting: SETTING }, cause);
const full: Translation = (cause, { address }) => storageFull({ address, setting: SETTING }, cause);
const exists: Translation = (cause, { key }) => objectExists(key, cause);
const corrupted: Translation = (cause, { key }) => objectCorrupted(key, 'the store received other bytes', cause);
const noContainer: Translation = (cause, { address, container }) =>
  bucketNotFound(container, { address, setting: 'STORAGE_BUCKET' }, cause);

/** By the service's own code, which says more than the status of the answer. */
const BY_CODE = new Map<string, Translation>([
  ['BlobNotFound', (cause, { key }) => objectNotFound(key, cause)],
  ['ContainerNotFound', noContainer],
  ['ContainerBeingDeleted', noContainer],
  ['BlobAlreadyExists', exists],
  ['ConditionNotMet', exists],
  ['Md5Mismatch', corrupted],
  ['InvalidMd5', corrupted],
  ['InvalidResourceName', (cause, { key }) => invalidStorageKey(key, 'is no name of a blob', cause)],
  ['AccountCapacityExceeded', full],
  // Whoever completes first throws away the blocks of all others: what it means shows a look at the blob.
  ['InvalidBlockList', unavailable],
]);

const PASSING_STATUSES = [408, 409, 429];

/** The status of the service's answer; undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  const status: unknown = (error as { readonly statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** The service's code of the error: answers to HEAD carry it in a header. */
export function codeOf(error: unknown): string {
  const { code, details } = error as {
    readonly code?: string;
    readonly details?: { readonly errorCode?: string; readonly code?: string };
  };
  return details?.errorCode ?? details?.code ?? code ?? '';
}

/** What a failed request means to users of the port. Failures that are translated already stay. */
export function translateAzureError(error: unknown, subject: AzureRequestSubject): AppError {
  if (error instanceof AppError) return error;
  return (BY_CODE.get(codeOf(error)) ?? byStatus(error))(inWords(error), subject);
}

function byStatus(error: unknown): Translation {
  const status = statusOf(error);
  if (status === 412) return exists;
  if (status === 507) return full;
  const isRefused = status !== undefined && status >= 300 && status < 500 && !PASSING_STATUSES.includes(status);
  return isRefused ? refused : unavailable;
}

/** The first line alone: what follows are headers of request and answer. */
function inWords(error: unknown): Error {
  const status = statusOf(error);
  const [line = ''] = messageOf(error).split('\n');
  const code = codeOf(error);
  const words = [line, status === undefined ? '' : `HTTP ${status}`, code].filter((part) => part !== '').join(', ');
  return new Error(words, { cause: error });
}
