import { bodyOf, collect } from '@scorekeep/platform/testing-platform';
import * as fc from 'fast-check';
import { cutIntoParts } from './cut-into-parts';

describe('cutIntoParts', () => {
  it.each([
    { chunks: [], parts: [''] },
    { chunks: ['', ''], parts: [''] },
    { chunks: ['ab'], parts: ['ab'] },
    { chunks: ['abc'], parts: ['abc'] },
    { chunks: ['abcd'], parts: ['abc', 'd'] },
    { chunks: ['a', 'b', 'cdefgh', '', 'i'], parts: ['abc', 'def', 'ghi'] },
  ])('cuts $chunks into $parts', async ({ chunks, parts }) => {
    const cut = await collect(cutIntoParts(bodyOf(...chunks), 3));
    expect(cut.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(parts);
    expect(cut.map(({ isOnly }) => isOnly)).toEqual(parts.map(() => parts.length === 1));
  });

  it('keeps every byte, in parts of full length but for the last', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 200 }), async (body, partBytes) => {
        const cut = (await collect(cutIntoParts(bodyOf(...body), partBytes))).map(({ bytes }) => bytes);
        expect(Buffer.concat(cut).equals(Buffer.concat(body))).toBe(true);
        expect(cut.slice(0, -1).every(({ length }) => length === partBytes)).toBe(true);
        expect(cut.length === 1 || (cut.at(-1)?.length ?? 0) > 0).toBe(true);
      }),
    );
  });

  it('grows with the first part, across the size it starts with', async () => {
    const body = Array.from({ length: 300 }, (_, index) => new Uint8Array(1_000).fill(index));
    const [only] = await collect(cutIntoParts(bodyOf(...body), 1_000_000));
    expect(Buffer.concat(body).equals(only?.bytes ?? Buffer.alloc(0))).toBe(true);
  });
});
