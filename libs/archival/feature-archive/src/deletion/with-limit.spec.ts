import { withLimit } from './with-limit';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) yield number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('withLimit', () => {
  it('works on every item, never on more than the limit at a time', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await withLimit(numbers(20), 3, async (number) => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      done.push(number);
    });
    expect(done.sort((left, right) => left - right)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(most).toBe(3);
  });

  it('throws the first failure after the rest in flight ended, and takes no further item', async () => {
    const ended: number[] = [];
    const working = withLimit(numbers(20), 3, async (number) => {
      if (number === 1) throw new Error('first');
      await turn();
      ended.push(number);
    });
    await expect(working).rejects.toThrow('first');
    expect(ended.length).toBeLessThan(5);
  });

  it('waits for what is in flight when the items fail', async () => {
    let ended = false;
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('no more items');
    }
    const working = withLimit(broken(), 3, async () => {
      await turn();
      ended = true;
    });
    await expect(working).rejects.toThrow('no more items');
    expect(ended).toBe(true);
  });
});
