import { CassandraErrorCode } from '@scorekeep/platform/adapter-cassandra';
import { AppError } from '@scorekeep/platform/util-errors';

/** Part of the ring of Murmur3 tokens. */
export interface TokenRange {
  /** Exclusive. */
  readonly from: bigint;
  /** Inclusive. */
  readonly to: bigint;
}

/** How to read a table range by range. */
export interface RingRead<T> {
  /** Rows of one range, in ascending token order. */
  readonly read: (range: TokenRange) => AsyncIterable<T>;
  readonly tokenOf: (row: T) => bigint;
  /** Negative when `left` comes first; of rows of one token, too. */
  readonly order: (left: T, right: T) => number;
}

/** No partition has this token: Cassandra maps it to the highest one. */
const LOWEST_TOKEN = -(2n ** 63n);
const HIGHEST_TOKEN = 2n ** 63n - 1n;
const RING = 2n ** 64n;
/** A range that replicas cannot read even at this width fails for another reason than its width. */
const NARROWEST = RING / 4096n;

const WHOLE_RING: TokenRange = { from: LOWEST_TOKEN, to: HIGHEST_TOKEN };

/**
 * Reads the ring, or a part of it, in ascending token order, at once where replicas can. A range that they give up on is halved, and so are
 * all that follow: reading goes on behind the last row that came, so every row comes once.
 *
 * @throws CASSANDRA.* when a range of 1/4096 of the ring still fails, and for what no narrower range can help
 */
export async function* readRing<T>(
  { read, tokenOf, order }: RingRead<T>,
  within: TokenRange = WHOLE_RING,
): AsyncGenerator<T> {
  let { from } = within;
  let width = within.to - from + 1n;
  let last: { readonly row: T } | undefined;
  while (from < within.to) {
    const to = lesser(from + width, within.to);
    try {
      for await (const row of behind(last?.row, read({ from, to }), order)) {
        last = { row };
        yield row;
      }
      from = to;
    } catch (error) {
      if (!narrowerHelps(error) || width <= NARROWEST) throw error;
      width /= 2n;
      // A partition that came in part is read again, and what came of it skipped.
      if (last && tokenOf(last.row) > from) from = tokenOf(last.row) - 1n;
    }
  }
}

function lesser(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

/** How much of the ring comes before a token, 0–100, whole: tokens are spread evenly. */
export function percentOfRing(token: bigint): number {
  return Number(((token - LOWEST_TOKEN) * 100n) / RING);
}

/** The ring in so many ranges of about one width, in order. @param count 1 or more */
export function rangesOfRing(count: number): TokenRange[] {
  const bound = (index: number): bigint =>
    index === count ? HIGHEST_TOKEN : LOWEST_TOKEN + (RING * BigInt(index)) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({ from: bound(index), to: bound(index + 1) }));
}

/** The rows that come behind `reached`, in sorted rows some of which came before. */
async function* behind<T>(
  reached: T | undefined,
  rows: AsyncIterable<T>,
  order: (left: T, right: T) => number,
): AsyncGenerator<T> {
  let skipping = reached;
  for await (const row of rows) {
    if (skipping !== undefined && order(row, skipping) <= 0) continue;
    skipping = undefined;
    yield row;
  }
}

function narrowerHelps(error: unknown): boolean {
  const codes: readonly string[] = [CassandraErrorCode.readFailure, CassandraErrorCode.timeout];
  return error instanceof AppError && codes.includes(error.code);
}
