/** Part of the ring of Murmur3 tokens. */
export interface TokenRange {
  /** Exclusive. */
  readonly from: bigint;
  /** Inclusive. */
  readonly to: bigint;
}

/** No partition has this token: Cassandra maps it to the highest one. */
const LOWEST_TOKEN = -(2n ** 63n);
const HIGHEST_TOKEN = 2n ** 63n - 1n;

/**
 * The whole ring in ranges of (nearly) equal width, in ascending order, without gaps and overlaps.
 *
 * @param count 1 or more
 */
export function ringRanges(count: number): TokenRange[] {
  const width = 2n ** 64n / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    from: LOWEST_TOKEN + width * BigInt(index),
    to: index === count - 1 ? HIGHEST_TOKEN : LOWEST_TOKEN + width * BigInt(index + 1),
  }));
}
