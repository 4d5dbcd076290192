/** One of each source that belong together; never both undefined. */
export type Joined<T> = readonly [left: T | undefined, right: T | undefined];

/** Joins two sorted sources without repeats, each read as it is needed. */
export async function* joinSorted<T>(
  left: AsyncGenerator<T>,
  right: AsyncGenerator<T>,
  order: (left: T, right: T) => number,
): AsyncGenerator<Joined<T>> {
  try {
    let [one, other] = await Promise.all([left.next(), right.next()]);
    while (!one.done || !other.done) {
      const comparison = compare(one, other, order);
      yield [comparison <= 0 ? valueOf(one) : undefined, comparison >= 0 ? valueOf(other) : undefined];
      [one, other] = await Promise.all([comparison <= 0 ? left.next() : one, comparison >= 0 ? right.next() : other]);
    }
  } finally {
    await Promise.all([left.return(undefined), right.return(undefined)]);
  }
}

function compare<T>(one: IteratorResult<T>, other: IteratorResult<T>, order: (a: T, b: T) => number): number {
  if (one.done) return 1;
  return other.done ? -1 : order(one.value, other.value);
}

function valueOf<T>(result: IteratorResult<T>): T | undefined {
  return result.done ? undefined : result.value;
}
