import { type AttemptVersion } from './attempt-version';

/** A Cassandra write timestamp, µs since epoch. Beyond 2^53 for the years to come of nobody, but not for bad clocks: a bigint. */
export type WriteTimeUs = bigint;

const LARGEST_OFFSET_US = 999;
const LINEAR_BELOW_MS = 32;

/** What is known of the row before it is written again. */
export interface RowHistory {
  readonly version: Pick<AttemptVersion, 'timeMs'>;
  /** The highest timestamp ever used on the row, its tombstone included. */
  readonly writeTimeUs: WriteTimeUs;
}

/**
 * The timestamp to write a version's row with; every writer uses this function.
 *
 * A first version gets its time in µs plus 0–999 µs that grow with its latest `ets`, so that two versions with one time
 * that nobody could compare still order as versions do. A later one lies above all that was ever written to the row:
 * 1 µs, plus 1 µs per ms between the two versions' times, so that two writers who saw the same history keep the order.
 */
export function writeTimeOf(version: AttemptVersion, history?: RowHistory): WriteTimeUs {
  const own = BigInt(version.timeMs) * 1000n + BigInt(etsOffsetUs(version.latestEtsMs - version.timeMs));
  if (!history) return own;
  const elapsedMs = Math.max(0, version.timeMs - history.version.timeMs);
  const above = history.writeTimeUs + 1n + BigInt(elapsedMs);
  return above > own ? above : own;
}

/**
 * Maps how long after the attempt's time it was last answered (ms) to 0–999, never decreasing: exact below 32 ms, then
 * 32 steps per doubling, up to a year. Whole-number arithmetic only, so that every machine computes the same.
 */
export function etsOffsetUs(elapsedMs: number): number {
  if (elapsedMs < LINEAR_BELOW_MS) return Math.max(0, Math.floor(elapsedMs));
  let scale = 0;
  let mantissa = Math.floor(elapsedMs);
  while (mantissa >= 2 * LINEAR_BELOW_MS && scale < 32) {
    mantissa = Math.floor(mantissa / 2);
    scale += 1;
  }
  return Math.min(LARGEST_OFFSET_US, LINEAR_BELOW_MS * scale + mantissa);
}
