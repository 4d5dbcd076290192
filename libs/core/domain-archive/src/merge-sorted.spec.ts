import { WatchedSource } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { collect } from '@scorekeep/platform/testing-platform';
import { groupSorted, mergeSorted } from './merge-sorted';

const byNumber = (left: number, right: number): number => left - right;
const sortedNumbers = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }).map((items) => items.sort(byNumber));

const merged = (sources: readonly WatchedSource<number>[]): AsyncGenerator<number> =>
  mergeSorted(
    sources.map((source) => source.read()),
    byNumber,
  );

describe('mergeSorted', () => {
  it('gives every item of every source once, sorted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sortedNumbers, { maxLength: 6 }), async (lists) => {
        const sources = lists.map((items) => new WatchedSource(items));
        expect(await collect(merged(sources))).toEqual(lists.flat().sort(byNumber));
        expect(sources.every(({ closed }) => closed === 1)).toBe(true);
      }),
    );
  });

  it('gives equal items in the order of their sources', async () => {
    const source = async function* (name: string): AsyncGenerator<[number, string]> {
      yield [1, name];
      yield [1, `${name} again`];
      yield [2, name];
    };
    const items = await collect(mergeSorted([source('a'), source('b')], ([left], [right]) => left - right));
    expect(items.map(([number, name]) => `${number} ${name}`)).toEqual([
      '1 a',
      '1 a again',
      '1 b',
      '1 b again',
      '2 a',
      '2 b',
    ]);
  });

  it('holds one item of each source and takes no more', async () => {
    const sources = [new WatchedSource([1, 2, 3, 4]), new WatchedSource([10, 20])];
    const reading = merged(sources);
    expect(await reading.next()).toEqual({ value: 1, done: false });
    expect(await reading.next()).toEqual({ value: 2, done: false });
    expect(sources.map(({ given }) => given)).toEqual([2, 1]);
    await reading.return(undefined);
  });

  it('closes every source when it is abandoned', async () => {
    const sources = [new WatchedSource([1, 3]), new WatchedSource([2, 4]), new WatchedSource<number>([])];
    for await (const item of merged(sources)) if (item === 2) break;
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1, 1]);
  });

  it('throws what a source throws, and closes the others', async () => {
    const failure = new Error('unreadable');
    const sources = [new WatchedSource([1, 5]), new WatchedSource([2], failure), new WatchedSource([3])];
    await expect(collect(merged(sources))).rejects.toBe(failure);
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1, 1]);
  });

  it('throws what a source throws at its very beginning', async () => {
    const failure = new Error('unreadable');
    const sources = [new WatchedSource([1]), new WatchedSource<number>([], failure)];
    await expect(collect(merged(sources))).rejects.toBe(failure);
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it('keeps its own error when a source fails to close', async () => {
    const failure = new Error('unreadable');
    const stubborn: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ value: 1, done: false }),
        return: async () => {
          throw new Error('cannot close');
        },
      }),
    };
    await expect(
      collect(mergeSorted([stubborn, new WatchedSource<number>([], failure).read()], byNumber)),
    ).rejects.toBe(failure);
  });

  it('refuses a source that goes backwards, and closes all', async () => {
    const sources = [new WatchedSource([1, 9]), new WatchedSource([2, 4, 3])];
    await expect(collect(merged(sources))).rejects.toMatchObject({ code: 'ARCHIVE.OUT_OF_ORDER' });
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
  });
});

describe('groupSorted', () => {
  it('puts neighbours with one key together', async () => {
    await fc.assert(
      fc.asyncProperty(sortedNumbers, async (items) => {
        const groups = await collect(groupSorted(new WatchedSource(items).read(), (left, right) => left === right));
        expect(groups.flat()).toEqual(items);
        expect(groups.map((group) => new Set(group).size)).toEqual(groups.map(() => 1));
        expect(new Set(groups.map(([first]) => first)).size).toBe(groups.length);
      }),
    );
  });

  it('closes its source when it is abandoned', async () => {
    const source = new WatchedSource([1, 1, 2, 3]);
    for await (const [first] of groupSorted(source.read(), (left, right) => left === right)) if (first === 1) break;
    expect(source.closed).toBe(1);
  });
});
