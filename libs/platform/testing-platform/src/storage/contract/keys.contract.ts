import * as fc from 'fast-check';
import { bodyOf, collect } from '../test-bytes';
import { contentOf } from './content-of';
import { type ContractSubject } from './contract-subject';

const SLOW_MS = 120_000;

/** Segments as callers write them, and raw ones that a store or client might decode, trim or normalise. */
const oddNames = [
  ...[
    '%2F',
    'a%2Fb',
    '%',
    '100%',
    '%25',
    '%252F',
    '+',
    'a+b',
    '%2B',
    'a b',
    ' a ',
    '%20',
    '%00',
    '%2E%2E',
    '%2e',
    '..%2F',
  ],
  ...[
    '.hidden',
    '..twice',
    'a..b',
    '...',
    '~',
    "it's(1)!*",
    'a&b=c',
    'a?b#c',
    '<&amp;>',
    '"',
    ':;,@$',
    'back\\slash',
    '-',
  ],
  ...['%E0%A4%85', 'अ', 'é', 'e\u0301', '😀', '%u0041', 'null', '0', '007', '1e5', 'x'.repeat(200), 'ö'.repeat(100)],
];

const badKeys = [
  '',
  '/',
  '/absolute',
  'a/',
  'a//b',
  '.',
  '..',
  '../a',
  'a/../b',
  'a/./b',
  'a/..',
  'a\0b',
  'a\nb',
  '\ud800',
];

export function describeKeys({ storage, freshKey, refusedNames }: ContractSubject): void {
  describe('keys', () => {
    it.each(oddNames.filter((name) => !refusedNames.includes(name)))(
      'of a segment %j are kept as they are',
      async (name) => {
        const folder = freshKey('');
        const key = `${folder}${name}/${name}`;
        await storage().put(key, bodyOf(name));
        expect(Buffer.from(await contentOf(storage(), key)).toString()).toBe(name);
        const object = { key, bytes: Buffer.byteLength(name) };
        await expect(storage().stat(key)).resolves.toEqual(object);
        await expect(collect(storage().list(folder))).resolves.toEqual([object]);
        await expect(collect(storage().list(`${folder}${name}/`))).resolves.toEqual([object]);
        await storage().remove(key);
        await expect(storage().stat(key)).resolves.toBeUndefined();
      },
    );

    it('are not confused with their decoded or otherwise written forms', async () => {
      const folder = freshKey('');
      const names = ['a b', 'a+b', 'a%20b', 'a%2Bb', 'a%2Fb', 'a%252Fb', 'A%2fb', 'é', 'e\u0301', '%C3%A9'];
      for (const name of names) await storage().put(`${folder}${name}`, bodyOf(name));
      for (const name of names) {
        expect(Buffer.from(await contentOf(storage(), `${folder}${name}`)).toString()).toBe(name);
      }
      await expect(collect(storage().list(folder))).resolves.toHaveLength(names.length);
    });

    it(
      'of any percent-encoded text are kept as they are',
      async () => {
        const segment = fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
          .map((text) => encodeURIComponent(text).replaceAll('.', '%2E'));
        await fc.assert(
          fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 3 }), async (segments) => {
            const key = freshKey(segments.join('/'));
            await storage().put(key, bodyOf('.'));
            await expect(collect(storage().list(key))).resolves.toEqual([{ key, bytes: 1 }]);
          }),
          { numRuns: 15 },
        );
      },
      SLOW_MS,
    );

    it.each(badKeys)('like %j are refused by every method', async (key) => {
      const refusal = expect.objectContaining({ code: 'STORAGE.INVALID_KEY' }) as Error;
      await expect(storage().put(key, bodyOf('.'))).rejects.toEqual(refusal);
      await expect(storage().open(key)).rejects.toEqual(refusal);
      await expect(storage().stat(key)).rejects.toEqual(refusal);
      await expect(storage().remove(key)).rejects.toEqual(refusal);
      expect(() => storage().urlOf(key)).toThrow(refusal);
    });
  });
}
