import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { sameContent } from './archived-version';
import { groupSorted, mergeSorted } from './merge-sorted';
import { type RowKeyOrder } from './row-order';

interface TaggedRow {
  readonly row: WrittenAttempt;
  readonly live: boolean;
}

/**
 * The live rows that are in none of the archived streams with equal content and write time, in row order: what
 * verification must not find, and what a further iteration has to hold. Archived rows that are not live are passed over.
 * Reads every stream to its end, one row of each in memory.
 *
 * @throws ARCHIVE.OUT_OF_ORDER; what the streams throw
 */
export async function* unarchivedRows(
  live: AsyncIterable<WrittenAttempt>,
  archived: readonly AsyncIterable<WrittenAttempt>[],
  order: RowKeyOrder,
): AsyncGenerator<WrittenAttempt> {
  const streams = [tagged(live, true), ...archived.map((stream) => tagged(stream, false))];
  const merged = mergeSorted(streams, (left, right) => order(left.row, right.row));
  for await (const copies of groupSorted(merged, (left, right) => order(left.row, right.row) === 0)) {
    const kept = copies.filter((copy) => !copy.live);
    for (const copy of copies) {
      if (copy.live && !kept.some(({ row }) => isSameRow(row, copy.row))) yield copy.row;
    }
  }
}

async function* tagged(rows: AsyncIterable<WrittenAttempt>, live: boolean): AsyncGenerator<TaggedRow> {
  for await (const row of rows) yield { row, live };
}

function isSameRow(left: WrittenAttempt, right: WrittenAttempt): boolean {
  return left.writeTimeUs === right.writeTimeUs && sameContent(left, right);
}
