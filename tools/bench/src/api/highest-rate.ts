import { type LoadResult } from './constant-load';

/** A server keeps up while every request is answered with 2xx, and 99 % of them within this time. */
const KEPT_UP_P99_MS = 100;
const STEP = 1.15;

export function keepsUp({ statuses, offered, p99Ms }: LoadResult): boolean {
  const accepted = [...statuses].reduce(
    (sum, [status, count]) => (status >= 200 && status < 300 ? sum + count : sum),
    0,
  );
  return accepted === offered && p99Ms <= KEPT_UP_P99_MS;
}

/**
 * The highest rate with which a server keeps up, in steps of 15 %. One failed try is not believed: others share the
 * machine; two at the same rate are.
 *
 * @param first where to begin, requests/s; halved until the server keeps up
 */
export async function highestRate(first: number, attempt: (rate: number) => Promise<LoadResult>): Promise<number> {
  const holds = async (rate: number): Promise<boolean> => keepsUp(await attempt(rate)) || keepsUp(await attempt(rate));
  let rate = first;
  while (!(await holds(rate))) {
    rate /= 2;
    if (rate < 1) throw new Error('the server does not keep up with any rate');
  }
  while (await holds(rate * STEP)) rate *= STEP;
  return Math.floor(rate);
}
