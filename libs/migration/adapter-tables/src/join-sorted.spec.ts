import fc from 'fast-check';
import { joinSorted } from './join-sorted';

async function* from<T>(items: readonly T[], onEnd: () => void = () => undefined): AsyncGenerator<T> {
  try {
    yield* items;
  } finally {
    onEnd();
  }
}

const order = (left: number, right: number): number => left - right;

describe('joinSorted', () => {
  it('gives every item once, equal ones together, in order', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 12 })).map((items) => items.sort(order));
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (left, right) => {
        const joined: (readonly [number | undefined, number | undefined])[] = [];
        for await (const pair of joinSorted(from(left), from(right), order)) joined.push(pair);
        const all = [...new Set([...left, ...right])].sort(order);
        expect(joined).toEqual(
          all.map((each) => [left.includes(each) ? each : undefined, right.includes(each) ? each : undefined]),
        );
      }),
    );
  });

  it('ends both sources when the reader stops', async () => {
    const ended: string[] = [];
    const joined = joinSorted(
      from([1, 2], () => ended.push('left')),
      from([2, 3], () => ended.push('right')),
      order,
    );
    await joined.next();
    await joined.return(undefined);
    expect(ended).toEqual(['left', 'right']);
  });
});
