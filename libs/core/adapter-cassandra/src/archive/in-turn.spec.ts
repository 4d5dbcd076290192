import { inTurn } from './in-turn';

class Source {
  taken = 0;
  closed = false;

  constructor(
    private readonly items: readonly number[],
    private readonly failure?: Error,
  ) {}

  readonly read = async function* (this: Source): AsyncGenerator<number> {
    try {
      for (const item of this.items) {
        this.taken += 1;
        yield item;
      }
      if (this.failure) throw this.failure;
    } finally {
      this.closed = true;
    }
  }.bind(this);
}

const sources = (...lists: number[][]): Source[] => lists.map((list) => new Source(list));
const readersOf = (all: readonly Source[]) => all.map(({ read }) => read);

describe('inTurn', () => {
  it.each([1, 2, 3, 9])('gives all items of one source after the other, %i at once', async (atOnce) => {
    const found: number[] = [];
    for await (const item of inTurn(readersOf(sources([1, 2], [], [3], [4, 5, 6])), { atOnce, ahead: 2 })) {
      found.push(item);
    }
    expect(found).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads the next sources while the first is given, no more of them and no further than it may', async () => {
    const many = sources([1, 2, 3, 4], [5, 6, 7, 8], [9, 10], [11]);
    const items = inTurn(readersOf(many), { atOnce: 3, ahead: 2 });
    await items.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(many.map(({ taken }) => taken)).toEqual([3, 3, 2, 0]);
    await items.return(undefined);
    expect(many.map(({ closed }) => closed)).toEqual([true, true, true, false]);
  });

  it('fails when the turn of a failing source has come, and closes the others', async () => {
    const failing = new Source([3], new Error('gone'));
    const all = [new Source([1, 2]), failing, new Source([4])];
    const found: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const item of inTurn(readersOf(all), { atOnce: 3, ahead: 5 })) found.push(item);
    };
    await expect(reading()).rejects.toThrow('gone');
    expect(found).toEqual([1, 2, 3]);
    expect(all.every(({ closed }) => closed)).toBe(true);
  });
});
