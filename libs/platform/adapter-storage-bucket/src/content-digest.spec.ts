import { ContentDigest } from './content-digest';

/** MD5 of "a", of "ab", and of the MD5s of "a" and "b" one after the other. */
const MD5_A = '0cc175b9c0f1b6a831c399e269772661';
const MD5_AB = '187ef4436122d1cc2f40dc2b92f0eba0';
const MD5_OF_A_AND_B = '96e024ba2074fe77e8e965ba43a704be';

function digestOf(...parts: string[]): ContentDigest {
  const digest = new ContentDigest();
  for (const part of parts) digest.add(Buffer.from(part));
  return digest;
}

describe('ContentDigest', () => {
  it('gives the MD5 of each part in base64, and counts', () => {
    const digest = new ContentDigest();
    expect(digest.add(Buffer.from('a'))).toBe(Buffer.from(MD5_A, 'hex').toString('base64'));
    expect(digest.bytes).toBe(1);
  });

  it.each([
    { parts: ['a'], etag: MD5_A, fits: true },
    { parts: ['a'], etag: MD5_AB, fits: false },
    { parts: ['a', 'b'], etag: MD5_AB, fits: true },
    { parts: ['a', 'b'], etag: `${MD5_AB}-2`, fits: false },
    { parts: ['a', 'b'], etag: `${MD5_OF_A_AND_B}-2`, fits: true },
    { parts: ['a', 'b'], etag: `${MD5_OF_A_AND_B}-3`, fits: false },
    { parts: ['b', 'a'], etag: `${MD5_OF_A_AND_B}-2`, fits: false },
    { parts: [], etag: 'd41d8cd98f00b204e9800998ecf8427e', fits: true },
    { parts: ['a'], etag: '"0x8D"', fits: true },
    { parts: ['a'], etag: '', fits: true },
  ])('of $parts and the ETag $etag: fits $fits', ({ parts, etag, fits }) => {
    expect(digestOf(...parts).fits(etag)).toBe(fits);
    expect(digestOf(...parts).fits(etag)).toBe(fits);
  });
});
