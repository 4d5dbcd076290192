import { objectNotFound } from '@scorekeep/platform/domain-storage';
import { translateS3Error } from './s3-storage.errors';

const subject = { address: 'http://127.0.0.1:9000', bucket: 'attic', key: 'a/b' };

const failed = (name: string, httpStatusCode?: number, message = 'it failed') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe('translateS3Error', () => {
  it.each([
    { name: 'NoSuchKey', status: 404, code: 'STORAGE.NOT_FOUND', retryable: false },
    { name: 'NoSuchBucket', status: 404, code: 'STORAGE.BUCKET_NOT_FOUND', retryable: false },
    { name: 'PreconditionFailed', status: 412, code: 'STORAGE.OBJECT_EXISTS', retryable: false },
    { name: 'Unknown', status: 412, code: 'STORAGE.OBJECT_EXISTS', retryable: false },
    { name: 'ConditionalRequestConflict', status: 409, code: 'STORAGE.UNAVAILABLE', retryable: true },
    { name: 'BadDigest', status: 400, code: 'STORAGE.CORRUPTED', retryable: false },
    { name: 'KeyTooLongError', status: 400, code: 'STORAGE.INVALID_KEY', retryable: false },
    { name: 'AccessDenied', status: 403, code: 'STORAGE.REFUSED', retryable: false },
    { name: 'InvalidAccessKeyId', status: 403, code: 'STORAGE.REFUSED', retryable: false },
    { name: 'SignatureDoesNotMatch', status: 403, code: 'STORAGE.REFUSED', retryable: false },
    { name: 'ExpiredToken', status: 400, code: 'STORAGE.REFUSED', retryable: false },
    { name: 'PermanentRedirect', status: 301, code: 'STORAGE.REFUSED', retryable: false },
    { name: 'CredentialsProviderError', status: undefined, code: 'STORAGE.REFUSED', retryable: false },
    { name: 'QuotaExceeded', status: 403, code: 'STORAGE.FULL', retryable: false },
    { name: 'InsufficientStorage', status: 507, code: 'STORAGE.FULL', retryable: false },
    { name: 'RequestTimeout', status: 400, code: 'STORAGE.UNAVAILABLE', retryable: true },
    { name: 'TooManyRequests', status: 429, code: 'STORAGE.UNAVAILABLE', retryable: true },
    { name: 'InternalError', status: 500, code: 'STORAGE.UNAVAILABLE', retryable: true },
    { name: 'SlowDown', status: 503, code: 'STORAGE.UNAVAILABLE', retryable: true },
    { name: 'TimeoutError', status: undefined, code: 'STORAGE.UNAVAILABLE', retryable: true },
    { name: 'Error', status: undefined, code: 'STORAGE.UNAVAILABLE', retryable: true },
  ])('$name ($status) is $code', ({ name, status, code, retryable }) => {
    expect(translateS3Error(failed(name, status), subject)).toMatchObject({ code, retryable });
  });

  it('names the settings of keys and region when there is none', () => {
    expect(translateS3Error(failed('Error', undefined, 'Region is missing'), subject)).toMatchObject({
      code: 'STORAGE.REFUSED',
      message: expect.stringContaining('S3_REGION') as string,
    });
  });

  it('finds words where the error has none', () => {
    const refusedEverywhere = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
    expect(translateS3Error(refusedEverywhere, subject).message).toContain('ECONNREFUSED');
    expect(translateS3Error(failed('Forbidden', 403, 'UnknownError'), subject).message).toContain(
      'HTTP 403, Forbidden',
    );
    expect(translateS3Error(failed('Unknown', 403, 'UnknownError'), subject).message).toMatch(/: HTTP 403$/);
  });

  it('leaves what is translated already', () => {
    const error = objectNotFound('a');
    expect(translateS3Error(error, subject)).toBe(error);
  });
});
