import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchWeek } from '@scorekeep/core/domain-archive';
import { withLimit } from '../deletion/with-limit';
import { type BusyWeek } from '../ledger/week-outcome';

const WEEKS_AT_ONCE = 4;

/** What became of one week. */
export interface WeekResult<Week extends BatchWeek, Outcome> {
  readonly week: Week;
  readonly outcome: Outcome;
}

export interface WeekRunOptions {
  readonly signal: AbortSignal;
  /** The clock, ms since epoch. */
  readonly nowMs: () => number;
  /** Called before a wait for leases of others. */
  readonly onWait: (weeks: number) => void;
}

/**
 * Works on a few weeks at a time: one alone spends much of it waiting for its lease and its store. Those that somebody else works on come last, once each, after the lease would have
 * run out: its holder may have been killed. Whoever is alive has renewed it by then, and is left to it.
 *
 * @returns in the order of `weeks` @throws the signal's reason, between two weeks; what `work` throws
 */
export async function runWeeks<Week extends BatchWeek, Outcome extends { readonly kind: string }>(
  weeks: readonly Week[],
  work: (week: Week) => Promise<Outcome | BusyWeek>,
  { signal, nowMs, onWait }: WeekRunOptions,
): Promise<WeekResult<Week, Outcome | BusyWeek>[]> {
  const results: WeekResult<Week, Outcome | BusyWeek>[] = [];
  await withLimit(numbered(weeks, signal), WEEKS_AT_ONCE, async ([index, week]) => {
    results[index] = { week, outcome: await work(week) };
  });
  signal.throwIfAborted();
  const busy = results.filter(({ outcome }) => isBusy(outcome));
  if (busy.length > 0) onWait(busy.length);
  for (const { week, outcome } of busy) {
    if (isBusy(outcome)) await pause(outcome.untilMs - nowMs() + 1, signal);
    const index = results.findIndex((each) => each.week === week);
    results[index] = { week, outcome: await work(week) };
    signal.throwIfAborted();
  }
  return results;
}

/** @throws the signal's reason, before the next item */
async function* numbered<T>(items: readonly T[], signal: AbortSignal): AsyncGenerator<[number, T]> {
  for (const [index, item] of items.entries()) {
    signal.throwIfAborted();
    yield [index, item];
  }
}

function isBusy(outcome: { readonly kind: string }): outcome is BusyWeek {
  return outcome.kind === 'busy';
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Math.max(0, milliseconds), undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
