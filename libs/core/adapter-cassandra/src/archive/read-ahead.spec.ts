import { readAhead } from './read-ahead';

async function* numbers(count: number, seen: number[] = []): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    seen.push(number);
    yield number;
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe('readAhead', () => {
  it.each([0, 1, 2, 3, 10])('gives %i items in order', async (count) => {
    expect(await collect(readAhead(numbers(count), 3))).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  it('is at most `limit` items ahead, and stops its source when the reader stops', async () => {
    const seen: number[] = [];
    let closed = false;
    async function* source(): AsyncGenerator<number> {
      try {
        yield* numbers(1000, seen);
      } finally {
        closed = true;
      }
    }
    for await (const number of readAhead(source(), 3)) if (number === 4) break;
    expect(seen.length).toBeLessThanOrEqual(4 + 1 + 3);
    expect(closed).toBe(true);
  });

  it('throws what the source throws, behind the items before it', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield* numbers(2);
      throw new Error('broken');
    }
    const came: number[] = [];
    const reading = (async () => {
      for await (const number of readAhead(broken(), 10)) came.push(number);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(came).toEqual([0, 1]);
  });
});
