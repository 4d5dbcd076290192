import { setImmediate as turn } from 'node:timers/promises';
import { anAnswer, aVersion } from '@scorekeep/core/testing-core';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { inChunks, oneAhead } from './enrolled-attempts';

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('inChunks', () => {
  const attempt = (answers: number): StoredAttempt =>
    aVersion('learner', 0, { answers: Array.from({ length: answers }, () => anAnswer()) });

  it.each([
    { name: 'nothing', attempts: 0, answers: 1, sizes: [] },
    { name: 'a few', attempts: 3, answers: 1, sizes: [3] },
    { name: 'at most 500 attempts', attempts: 1001, answers: 1, sizes: [500, 500, 1] },
    { name: 'fewer when they are large', attempts: 25, answers: 500, sizes: [10, 10, 5] },
  ])('cuts $name', async ({ attempts, answers, sizes }) => {
    const one = attempt(answers);
    const chunks = await all(inChunks(each(Array.from({ length: attempts }, () => one))));
    expect(chunks.map((chunk) => chunk.length)).toEqual(sizes);
  });
});

describe('oneAhead', () => {
  it('gives results in order', async () => {
    expect(await all(oneAhead(each([1, 2, 3]), async (item) => item * 10))).toEqual([10, 20, 30]);
    expect(await all(oneAhead(each<number>([]), async (item) => item))).toEqual([]);
  });

  it('works on one item ahead of the consumer, and on no more', async () => {
    const begun: number[] = [];
    const results = oneAhead(each([1, 2, 3, 4]), async (item) => begun.push(item));
    await results.next();
    expect(begun).toEqual([1, 2]);
    await results.next();
    expect(begun).toEqual([1, 2, 3]);
    await results.return(undefined);
    expect(begun).toEqual([1, 2, 3]);
  });

  it('passes on a failure where its result would stand, and none goes unhandled', async () => {
    const results = oneAhead(each([1, 2, 3]), async (item) => {
      if (item === 2) throw new Error('two failed');
      return item;
    });
    expect((await results.next()).value).toBe(1);
    await turn();
    await expect(results.next()).rejects.toThrow('two failed');
  });
});
