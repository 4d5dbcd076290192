import { shortDigest } from './short-digest';

describe('shortDigest', () => {
  it('is the head of the SHA-256 that others compute', () => {
    expect(shortDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223');
  });

  it('tells texts apart that differ in one character', () => {
    expect(shortDigest('answer 1')).not.toBe(shortDigest('answer 2'));
  });
});
