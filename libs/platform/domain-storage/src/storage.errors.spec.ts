import { AppError } from '@scorekeep/platform/util-errors';
import {
  bucketNotFound,
  invalidStorageKey,
  isStorageError,
  objectCorrupted,
  objectExists,
  objectNotFound,
  objectTruncated,
  storageErrorCodes,
  storageFull,
  storageRefused,
  storageUnavailable,
} from './storage.errors';

const place = { address: 'http://127.0.0.1:1', setting: 'S3_ENDPOINT' };
const cause = new Error('connect ECONNREFUSED');

describe('storage errors', () => {
  it.each([
    { error: objectNotFound('a/b'), code: 'STORAGE.NOT_FOUND', retryable: false, names: ['a/b'] },
    { error: bucketNotFound('attic', place), code: 'STORAGE.BUCKET_NOT_FOUND', retryable: false, names: ['attic'] },
    { error: objectExists('a/b'), code: 'STORAGE.OBJECT_EXISTS', retryable: false, names: ['a/b'] },
    { error: objectCorrupted('a/b', '3 for 4 bytes'), code: 'STORAGE.CORRUPTED', retryable: false, names: ['3 for 4'] },
    {
      error: objectTruncated('a/b', { expected: 10, received: 4 }, cause),
      code: 'STORAGE.TRUNCATED',
      retryable: true,
      names: ['4 of 10 bytes', 'ECONNREFUSED'],
    },
    {
      error: storageUnavailable(place, cause),
      code: 'STORAGE.UNAVAILABLE',
      retryable: true,
      names: ['http://127.0.0.1:1', 'S3_ENDPOINT', 'ECONNREFUSED'],
    },
    { error: storageRefused(place, cause), code: 'STORAGE.REFUSED', retryable: false, names: ['S3_ENDPOINT'] },
    { error: storageFull(place, cause), code: 'STORAGE.FULL', retryable: false, names: ['http://127.0.0.1:1'] },
    {
      error: invalidStorageKey('a\0', 'has NUL'),
      code: 'STORAGE.INVALID_KEY',
      retryable: false,
      names: ['"a\\u0000"'],
    },
  ])('$code says whether a retry can help, and what it is about', ({ error, code, retryable, names }) => {
    expect({ code: error.code, retryable: error.retryable }).toEqual({ code, retryable });
    for (const name of names) expect(error.message).toContain(name);
  });

  it('are recognised by their code only', () => {
    expect(isStorageError(objectExists('a'), storageErrorCodes.objectExists)).toBe(true);
    expect(isStorageError(objectExists('a'), storageErrorCodes.notFound)).toBe(false);
    expect(isStorageError(new AppError('ARCHIVE.NOT_FOUND', 'x'), storageErrorCodes.notFound)).toBe(false);
    expect(isStorageError(new Error('STORAGE.NOT_FOUND'), storageErrorCodes.notFound)).toBe(false);
  });
});
