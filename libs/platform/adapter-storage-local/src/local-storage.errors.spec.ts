import { objectNotFound } from '@scorekeep/platform/domain-storage';
import { translateFileError } from './local-storage.errors';

const place = { address: '/srv/storage', setting: 'STORAGE_LOCAL_ROOT' };

describe('translateFileError', () => {
  it.each([
    { system: 'ENOSPC', code: 'STORAGE.FULL', retryable: false },
    { system: 'EDQUOT', code: 'STORAGE.FULL', retryable: false },
    { system: 'EACCES', code: 'STORAGE.REFUSED', retryable: false },
    { system: 'EPERM', code: 'STORAGE.REFUSED', retryable: false },
    { system: 'EROFS', code: 'STORAGE.REFUSED', retryable: false },
    { system: 'EOPNOTSUPP', code: 'STORAGE.REFUSED', retryable: false },
    { system: 'ENAMETOOLONG', code: 'STORAGE.INVALID_KEY', retryable: false },
    { system: 'ENOTDIR', code: 'STORAGE.INVALID_KEY', retryable: false },
    { system: 'EISDIR', code: 'STORAGE.INVALID_KEY', retryable: false },
    { system: 'EIO', code: 'STORAGE.UNAVAILABLE', retryable: true },
    { system: 'ESTALE', code: 'STORAGE.UNAVAILABLE', retryable: true },
    { system: 'EMFILE', code: 'STORAGE.UNAVAILABLE', retryable: true },
    { system: 'ENOENT', code: 'STORAGE.UNAVAILABLE', retryable: true },
  ])('$system is $code', ({ system, code, retryable }) => {
    const cause = Object.assign(new Error(`${system}: it failed`), { code: system });
    expect(translateFileError(cause, place, 'a/b')).toMatchObject({ code, retryable, cause });
  });

  it('names the folder and the setting', () => {
    const { message } = translateFileError(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }), place, 'a/b');
    expect(message).toContain('/srv/storage');
    expect(message).toContain('STORAGE_LOCAL_ROOT');
    expect(message).toContain('EIO');
  });

  it('leaves what is translated already', () => {
    const error = objectNotFound('a');
    expect(translateFileError(error, place, 'a')).toBe(error);
  });
});
