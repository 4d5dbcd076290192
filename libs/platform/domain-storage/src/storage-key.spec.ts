import * as fc from 'fast-check';
import { assertStorageKey, isStorageKey } from './storage-key';
import { isStorageError, storageErrorCodes } from './storage.errors';

describe('assertStorageKey', () => {
  it.each([
    'a',
    'archival/0130_do_113/2021-44-1635724800000.csv.gz',
    '%2E%2E/%2F',
    '.hidden/..twice',
    'ü/é',
    'x'.repeat(255),
  ])('takes %j', (key) => {
    expect(() => assertStorageKey(key)).not.toThrow();
    expect(isStorageKey(key)).toBe(true);
  });

  it.each([
    { key: '', why: 'empty' },
    { key: '/a', why: 'absolute' },
    { key: 'a/', why: 'a folder' },
    { key: 'a//b', why: 'an empty segment' },
    { key: '..', why: 'the parent' },
    { key: 'a/../b', why: 'the parent inside' },
    { key: './a', why: 'the folder itself' },
    { key: 'a\0b', why: 'NUL' },
    { key: 'a\nb', why: 'a control character' },
    { key: 'a\ud800', why: 'half a surrogate pair' },
    { key: 'é'.repeat(128), why: 'a segment of 256 bytes' },
    { key: 'abcd/'.repeat(205) + 'x', why: 'more than 1,024 bytes' },
  ])('refuses $why', ({ key }) => {
    expect(isStorageKey(key)).toBe(false);
    expect(() => assertStorageKey(key)).toThrow(expect.objectContaining({ code: 'STORAGE.INVALID_KEY' }) as Error);
  });

  it('takes or refuses with its own error, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        try {
          assertStorageKey(key);
        } catch (error) {
          return isStorageError(error, storageErrorCodes.invalidKey);
        }
        return !key.split('/').some((segment) => ['', '.', '..'].includes(segment));
      }),
    );
  });
});
