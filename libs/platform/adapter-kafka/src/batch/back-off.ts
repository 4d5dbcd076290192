/** Waiting times that double from `startMs` up to `capMs`. */
export interface BackOff {
  readonly startMs: number;
  readonly capMs: number;
}

/** How long to wait before try number `attempt` + 1, ms. @param attempt tries so far, from 1 */
export function backOffMs({ startMs, capMs }: BackOff, attempt: number): number {
  return Math.min(capMs, startMs * 2 ** (attempt - 1));
}
