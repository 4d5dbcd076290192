import { setImmediate as turn } from 'node:timers/promises';
import { inChunks, oneAhead } from './chunks';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 1; number <= count; number += 1) yield number;
}
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

describe('inChunks', () => {
  const limits = { items: 3, weight: 10, weightOf: (item: number) => item };

  it('ends a chunk when it has enough items or weight', async () => {
    expect(await collect(inChunks(numbers(8), limits))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]);
    expect(await collect(inChunks(numbers(2), { ...limits, weight: 0 }))).toEqual([[1], [2]]);
  });

  it('has no chunk without items', async () => {
    expect(await collect(inChunks(numbers(0), limits))).toEqual([]);
  });
});

describe('oneAhead', () => {
  it('gives results in order', async () => {
    expect(await collect(oneAhead(numbers(3), async (item) => item * 10))).toEqual([10, 20, 30]);
    expect(await collect(oneAhead(numbers(0), async (item) => item))).toEqual([]);
  });

  it('works on one item ahead of the consumer, and on no more', async () => {
    const begun: number[] = [];
    const results = oneAhead(numbers(4), async (item) => begun.push(item));
    await results.next();
    expect(begun).toEqual([1, 2]);
    await results.next();
    expect(begun).toEqual([1, 2, 3]);
    await results.return(undefined);
    expect(begun).toEqual([1, 2, 3]);
  });

  it('passes on a failure where its result would stand, and none goes unhandled', async () => {
    const results = oneAhead(numbers(3), async (item) => {
      if (item === 2) throw new Error('two failed');
      return item;
    });
    expect((await results.next()).value).toBe(1);
    await turn();
    await expect(results.next()).rejects.toThrow('two failed');
  });
});
