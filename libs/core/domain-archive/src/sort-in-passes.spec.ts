import * as fc from 'fast-check';
import { sortInPasses } from './sort-in-passes';

async function* given(items: readonly number[], failAt = Infinity): AsyncGenerator<number> {
  for (const [index, item] of items.entries()) {
    if (index === failAt) throw new Error('cut off');
    yield item;
  }
}

async function collected(items: AsyncIterable<number>): Promise<number[]> {
  const found: number[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const ascending = (left: number, right: number): number => left - right;

describe('sortInPasses', () => {
  it('gives every item as often as it comes, in order, however little fits into memory', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(300), { maxLength: 500 }),
        fc.integer({ min: 1, max: 200 }),
        async (items, most) => {
          const sorted = await collected(sortInPasses(() => given(items), ascending, most));
          expect(sorted).toEqual([...items].sort(ascending));
        },
      ),
    );
  });

  it('reads a small stream once, and gives nothing of one that ends too early', async () => {
    let reads = 0;
    const read = (): AsyncGenerator<number> => {
      reads += 1;
      return given([3, 1, 2]);
    };
    expect(await collected(sortInPasses(read, ascending, 3))).toEqual([1, 2, 3]);
    expect(reads).toBe(1);
    const cut = sortInPasses(
      () =>
        given(
          Array.from({ length: 100 }, (_, index) => index),
          90,
        ),
      ascending,
      10,
    );
    await expect(cut.next()).rejects.toThrow('cut off');
  });
});
