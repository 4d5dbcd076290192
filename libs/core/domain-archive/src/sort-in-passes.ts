import { type Comparison } from './merge-sorted';

/** Rows of some KB each. */
const MOST_IN_MEMORY = 10_000;
const SAMPLE_EVERY = 64;

/**
 * Sorts a stream that may be larger than the memory, by reading it again and again: each pass keeps the items between
 * two bounds. The first pass goes to the end, so nothing is given of a stream that cannot be read in full.
 *
 * @param read gives the same items in the same order each time
 * @param mostInMemory about so many items are held at once; default 10,000
 * @throws what `read` throws
 */
export async function* sortInPasses<T>(
  read: () => AsyncIterable<T>,
  compare: Comparison<T>,
  mostInMemory = MOST_IN_MEMORY,
): AsyncGenerator<T> {
  const { kept, count, sample } = await firstPass(read(), mostInMemory);
  if (kept) {
    yield* kept.sort(compare);
    return;
  }
  const bounds = boundsOf(sample.sort(compare), Math.ceil(count / Math.max(1, Math.floor(mostInMemory / 2))));
  for (let pass = 0; pass <= bounds.length; pass += 1) {
    const [above, upTo] = [bounds[pass - 1], bounds[pass]];
    const items: T[] = [];
    for await (const item of read()) {
      if (above !== undefined && compare(item, above) <= 0) continue;
      if (upTo === undefined || compare(item, upTo) <= 0) items.push(item);
    }
    yield* items.sort(compare);
  }
}

interface FirstPass<T> {
  /** All items, when they are few. */
  readonly kept: T[] | undefined;
  readonly count: number;
  readonly sample: T[];
}

async function firstPass<T>(items: AsyncIterable<T>, mostInMemory: number): Promise<FirstPass<T>> {
  let kept: T[] | undefined = [];
  const sample: T[] = [];
  let count = 0;
  for await (const item of items) {
    if (count % SAMPLE_EVERY === 0) sample.push(item);
    count += 1;
    kept?.push(item);
    if (kept && kept.length > mostInMemory) kept = undefined;
  }
  return { kept, count, sample };
}

/** Different items that cut the sorted sample into about equal parts. */
function boundsOf<T>(sample: readonly T[], parts: number): T[] {
  const bounds: T[] = [];
  for (let part = 1; part < parts; part += 1) {
    const bound = sample[Math.floor((part * sample.length) / parts)];
    if (bound !== undefined && bound !== bounds.at(-1)) bounds.push(bound);
  }
  return bounds;
}
