import { AppError } from '@scorekeep/platform/util-errors';
import * as fc from 'fast-check';
import { rangesOfRing, readRing, type TokenRange } from './token-ranges';

interface Item {
  readonly token: bigint;
  readonly name: number;
}

const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;
const order = (left: Item, right: Item): number =>
  left.token === right.token ? left.name - right.name : left.token < right.token ? -1 : 1;

const readFailure = (): AppError => new AppError('CASSANDRA.READ_FAILURE', 'gave up');

/** A table that gives up on a range wider than `readable`, after it gave out some of its rows. */
function table(items: readonly Item[], readable: bigint, deliveredBeforeFailure = 0, asked: TokenRange[] = []) {
  return async function* read(range: TokenRange): AsyncGenerator<Item> {
    asked.push(range);
    let delivered = 0;
    for (const item of items) {
      if (item.token <= range.from || item.token > range.to) continue;
      if (range.to - range.from > readable && delivered >= deliveredBeforeFailure) throw readFailure();
      delivered += 1;
      yield item;
    }
    if (range.to - range.from > readable) throw readFailure();
  };
}

async function collect(read: (range: TokenRange) => AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of readRing({ read, tokenOf: ({ token }) => token, order })) items.push(item);
  return items;
}

const tokens = fc.oneof(
  fc.bigInt({ min: lowest + 1n, max: highest }),
  fc.constantFrom(lowest + 1n, -1n, 0n, 1n, highest, 2n ** 60n, 2n ** 60n + 1n),
);
const tables = fc
  .array(tokens, { maxLength: 30 })
  .chain((found) =>
    fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: found.length, maxLength: found.length })
      .map((sizes) =>
        [...new Set(found)].flatMap((token, index) =>
          Array.from({ length: sizes[index] ?? 1 }, (_, name) => ({ token, name })),
        ),
      ),
  )
  .map((items) => items.sort(order));

describe('readRing', () => {
  it('gives every row once and in order, whatever ranges fail and after however many rows', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 52, max: 64 }), fc.nat(5), async (items, readable, delivered) => {
        expect(await collect(table(items, 2n ** BigInt(readable), delivered))).toEqual(items);
      }),
      { numRuns: 300 },
    );
  });

  it('asks for the whole ring at once where replicas can read it', async () => {
    const asked: TokenRange[] = [];
    await collect(table([], 2n ** 64n, 0, asked));
    expect(asked).toEqual([{ from: lowest, to: highest }]);
  });

  it('else for ranges of half the width, or of half of that, which cover the ring without a gap', async () => {
    const asked: TokenRange[] = [];
    await collect(table([], 2n ** 60n, 0, asked));
    const readable = asked.slice(4);
    expect(readable).toHaveLength(16);
    expect(readable[0]?.from).toBe(lowest);
    expect(readable.at(-1)?.to).toBe(highest);
    readable.slice(1).forEach((range, index) => expect(range.from).toBe(readable[index]?.to));
  });

  it('gives up when even the narrowest range fails', async () => {
    await expect(collect(table([], 1n))).rejects.toMatchObject({ code: 'CASSANDRA.READ_FAILURE' });
  });

  it('does not narrow what a narrower range cannot help', async () => {
    let asked = 0;
    const unavailable = async function* (): AsyncGenerator<Item> {
      asked += 1;
      yield* [];
      throw new AppError('CASSANDRA.UNAVAILABLE', 'nobody there');
    };
    await expect(collect(unavailable)).rejects.toMatchObject({ code: 'CASSANDRA.UNAVAILABLE' });
    expect(asked).toBe(1);
  });
});

describe('rangesOfRing', () => {
  it.each([1, 2, 3, 64])('is the whole ring in %i ranges without a gap', (count) => {
    const ranges = rangesOfRing(count);
    expect(ranges).toHaveLength(count);
    expect([ranges[0]?.from, ranges.at(-1)?.to]).toEqual([lowest, highest]);
    ranges.slice(1).forEach(({ from, to }, index) => {
      expect(from).toBe(ranges[index]?.to);
      expect(to).toBeGreaterThan(from);
    });
  });

  it('can be read range by range, each halved where it must be', async () => {
    const items = [lowest + 1n, -5n, 0n, 7n, highest].map((token, name) => ({ token, name }));
    const found: Item[] = [];
    for (const within of rangesOfRing(3)) {
      const ring = { read: table(items, 2n ** 58n), tokenOf: ({ token }: Item) => token, order };
      for await (const item of readRing(ring, within)) found.push(item);
    }
    expect(found).toEqual(items);
  });
});
