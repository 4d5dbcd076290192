import { AppError } from '@scorekeep/platform/util-errors';
import { archiveErrorCodes } from './archive.errors';

/** @returns negative when `left` comes first, 0 when neither does, positive when `right` comes first */
export type Comparison<T> = (left: T, right: T) => number;

interface Head<T> {
  readonly iterator: AsyncIterator<T>;
  readonly source: number;
  readonly item: T;
}

/**
 * Merges sorted streams into one sorted stream, holding one item of each. Of equal items that of the earlier source
 * comes first. Every source is closed when the merge ends, fails or is abandoned.
 *
 * @throws ARCHIVE.OUT_OF_ORDER when a source goes backwards; what a source throws
 */
export async function* mergeSorted<T>(sources: readonly AsyncIterable<T>[], compare: Comparison<T>): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const inOrder: Comparison<Head<T>> = (left, right) => compare(left.item, right.item) || left.source - right.source;
  try {
    const heads: Head<T>[] = [];
    for (const first of await Promise.all(iterators.map(firstHead))) if (first) insertSorted(heads, first, inOrder);
    for (let head = heads.shift(); head; head = heads.shift()) {
      yield head.item;
      const next = await nextHead(head, compare);
      if (next) insertSorted(heads, next, inOrder);
    }
  } finally {
    // Everything was delivered, or the reader has an error or lost interest: a failure to close changes none of that.
    await Promise.allSettled(iterators.map(async (iterator) => iterator.return?.()));
  }
}

/** Collects neighbours with the same key; `sorted` may be any stream in which equal keys stand together. */
export async function* groupSorted<T>(
  sorted: AsyncIterable<T> | Iterable<T>,
  sameKey: (left: T, right: T) => boolean,
): AsyncGenerator<[T, ...T[]]> {
  let group: [T, ...T[]] | undefined;
  for await (const item of sorted) {
    if (group && sameKey(group[0], item)) {
      group.push(item);
    } else {
      if (group) yield group;
      group = [item];
    }
  }
  if (group) yield group;
}

async function firstHead<T>(iterator: AsyncIterator<T>, source: number): Promise<Head<T> | undefined> {
  const result = await iterator.next();
  return result.done ? undefined : { iterator, source, item: result.value };
}

async function nextHead<T>(head: Head<T>, compare: Comparison<T>): Promise<Head<T> | undefined> {
  const next = await firstHead(head.iterator, head.source);
  if (next && compare(head.item, next.item) > 0) {
    throw new AppError(archiveErrorCodes.outOfOrder, `sorted stream ${head.source} of a merge went backwards`);
  }
  return next;
}

/** By halving: a few hundred sources at most, so moving array elements costs less than a heap. */
function insertSorted<T>(sorted: T[], added: T, compare: Comparison<T>): void {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other !== undefined && compare(other, added) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, added);
}
