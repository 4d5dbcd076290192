import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aRow, hashToken } from '@scorekeep/core/testing-core';
import { collect } from '@scorekeep/platform/testing-platform';
import * as fc from 'fast-check';
import { rowKeyOrder } from './row-order';
import { unarchivedRows } from './unarchived-rows';

const order = rowKeyOrder(hashToken);
const row = (attemptId: string, writeTimeUs: bigint, score = 5): WrittenAttempt => ({
  ...aRow({ attemptId, score }),
  writeTimeUs,
});
const stream = async function* (rows: readonly WrittenAttempt[]): AsyncGenerator<WrittenAttempt> {
  yield* [...rows].sort(order);
};
const find = (live: readonly WrittenAttempt[], ...archived: (readonly WrittenAttempt[])[]): Promise<WrittenAttempt[]> =>
  collect(unarchivedRows(stream(live), archived.map(stream), order));

describe('unarchivedRows', () => {
  it.each<[string, WrittenAttempt[], WrittenAttempt[][], WrittenAttempt[]]>([
    ['nothing where all is archived', [row('a', 1n), row('b', 1n)], [[row('a', 1n), row('b', 1n)]], []],
    ['nothing where archived rows are deleted already', [], [[row('a', 1n)]], []],
    ['nothing where rows are spread over objects', [row('a', 1n), row('b', 1n)], [[row('a', 1n)], [row('b', 1n)]], []],
    ['everything where nothing is archived', [row('a', 1n)], [], [row('a', 1n)]],
    ['a new row', [row('a', 1n), row('b', 2n)], [[row('a', 1n)]], [row('b', 2n)]],
    ['a row written again', [row('a', 2n)], [[row('a', 1n)]], [row('a', 2n)]],
    ['a row with other content', [row('a', 1n, 7)], [[row('a', 1n)]], [row('a', 1n, 7)]],
    ['nothing where an earlier iteration has it', [row('a', 1n)], [[row('a', 1n)], [row('a', 2n)]], []],
  ])('gives %s', async (_what, live, archived, expected) => {
    await expect(find(live, ...archived)).resolves.toEqual(expected);
  });

  it('gives exactly the live rows that no object holds', async () => {
    const rows = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 2 })), {
      selector: ([attemptId]) => attemptId,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(rows, { maxLength: 3 }), async (live, archived) => {
        const text = ([attemptId, time]: [string, number]): string => `${attemptId}${time}`;
        const made = (keys: [string, number][]): WrittenAttempt[] => keys.map(([id, time]) => row(id, BigInt(time)));
        const found = await find(made(live), ...archived.map(made));
        const held = new Set(archived.flat().map(text));
        expect(found.map(({ attemptId, writeTimeUs }) => `${attemptId}${writeTimeUs}`).sort()).toEqual(
          live
            .map(text)
            .filter((key) => !held.has(key))
            .sort(),
        );
      }),
    );
  });
});
