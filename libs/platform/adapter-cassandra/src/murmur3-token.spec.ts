import fc from 'fast-check';
import { murmur3Token } from './murmur3-token';

interface DriverTokenizer {
  hash(key: Buffer): { toString(): string };
}
const { Murmur3Tokenizer } = jest.requireActual<{ Murmur3Tokenizer: new () => DriverTokenizer }>(
  'cassandra-driver/lib/tokenizer',
);

describe('tokens read from a server with token(…)', () => {
  it.each([
    { key: ['a'], token: -8839064797231613815n },
    { key: ['learner-1'], token: -6919064004268909254n },
    { key: ['0123456789abcdef'], token: 5467490433528156583n, why: 'exactly one block' },
    { key: ['0123456789abcdefg'], token: -8200385122730116642n, why: 'one byte more' },
    { key: ['ü€😀 and more than sixteen bytes'], token: 6135566280808832789n },
    { key: ['\u00ff\u0080'], token: 5730754469914363145n, why: 'bytes above 0x7f in the tail' },
    { key: ['learner-1', 'course-1'], token: 194292784792378955n },
    {
      key: ['8454cb21-3ce9-4e30-85b5-fade097880d8', 'do_11306040245271756813015'],
      token: -6732480755105951215n,
    },
    { key: ['a', ''], token: -7005710260653943986n },
    { key: ['नमस्ते', 'курс'], token: -3691268422518993216n },
  ])('$key: $token $why', ({ key, token }) => {
    expect(murmur3Token(key)).toBe(token);
  });
});

it('a composite key is not its components one after another', () => {
  expect(murmur3Token(['ab', 'c'])).not.toBe(murmur3Token(['a', 'bc']));
});

it('is what the driver computes, for any bytes of a key', () => {
  const tokenizer = new Murmur3Tokenizer();
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(text, (key) => {
      expect(String(murmur3Token([key]))).toBe(tokenizer.hash(Buffer.from(key, 'utf8')).toString());
    }),
    { numRuns: 2_000 },
  );
});
