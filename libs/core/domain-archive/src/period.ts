import { AppError } from '@scorekeep/platform/util-errors';
import { archiveErrorCodes } from './archive.errors';
import { isoWeekOf, weekMs, weekStartMs } from './iso-week';

/** The options of a command that choose weeks; exactly one of them is given. */
export interface PeriodOptions {
  /** `last-week`, `last-weeks=N` or `all`: of the complete weeks the last, the last N, or every one. */
  readonly period?: string;
  /** A day `2021-11-01`: its week. */
  readonly date?: string;
  /** A day `2021-11-01`: every week that ended before it began. */
  readonly before?: string;
  /** `8w` or `60d`: every week that ended at least so long ago. */
  readonly olderThan?: string;
}

/** A range of weeks by `updated_on`, ms since epoch; both bounds are starts of weeks. Without any week when they are equal. */
export interface ArchivePeriod {
  /** Inclusive; absent: from the beginning. */
  readonly fromMs?: number;
  /** Exclusive. */
  readonly beforeMs: number;
}

type PeriodOf = (text: string, nowMs: number, completeMs: number) => ArchivePeriod;

const dayMs = 24 * 3600 * 1000;
const unitsMs = { d: dayMs, w: weekMs } as const;

const readers = {
  period: { flag: '--period', read: namedPeriod },
  date: { flag: '--date', read: weekOfDate },
  before: { flag: '--before', read: beforeDate },
  olderThan: { flag: '--older-than', read: olderThan },
} as const satisfies Record<keyof PeriodOptions, { flag: string; read: PeriodOf }>;

/**
 * The weeks asked for, as far as they are complete: a week that still runs, or ended less than `graceMs` ago, is left
 * out whatever is asked, so the period may be without any week.
 *
 * @throws ARCHIVE.INVALID_PERIOD naming the option and what was expected
 */
export function archivePeriod(options: PeriodOptions, nowMs: number, graceMs: number): ArchivePeriod {
  const given = (Object.keys(readers) as (keyof PeriodOptions)[]).filter((name) => options[name] !== undefined);
  const [name, second] = given;
  if (name === undefined) throw invalid('one of --period, --date, --before and --older-than must be given');
  if (second !== undefined) throw invalid(`${readers[name].flag} and ${readers[second].flag} cannot be combined`);
  return readers[name].read(options[name] ?? '', nowMs, completeBeforeMs(nowMs, graceMs));
}

/** End of the last complete week, which is also the start of the first one that is not complete; ms since epoch. */
export function completeBeforeMs(nowMs: number, graceMs: number): number {
  return startOfWeek(nowMs - graceMs);
}

function namedPeriod(text: string, _nowMs: number, completeMs: number): ArchivePeriod {
  if (text === 'all') return { beforeMs: completeMs };
  const [, digits] = /^last-weeks=(\d{1,4})$/.exec(text) ?? [];
  const weeks = text === 'last-week' ? 1 : Number(digits);
  if (!(weeks >= 1)) throw notExpected('--period', 'last-week, last-weeks=N (N from 1 to 9999) or all', text);
  return { fromMs: completeMs - weeks * weekMs, beforeMs: completeMs };
}

function weekOfDate(text: string, nowMs: number, completeMs: number): ArchivePeriod {
  const fromMs = startOfWeek(pastDayOf('--date', text, nowMs));
  return fromMs < completeMs ? { fromMs, beforeMs: fromMs + weekMs } : { fromMs: completeMs, beforeMs: completeMs };
}

function beforeDate(text: string, nowMs: number, completeMs: number): ArchivePeriod {
  return { beforeMs: Math.min(startOfWeek(pastDayOf('--before', text, nowMs)), completeMs) };
}

function olderThan(text: string, nowMs: number, completeMs: number): ArchivePeriod {
  const [, digits, unit] = /^(\d{1,5})([dw])$/.exec(text) ?? [];
  if (unit !== 'd' && unit !== 'w') throw notExpected('--older-than', 'a number of weeks or days like 8w or 60d', text);
  return { beforeMs: Math.min(startOfWeek(nowMs - Number(digits) * unitsMs[unit]), completeMs) };
}

/** A day to come is a slip of the pen: nothing of it could be archived. */
function pastDayOf(flag: string, text: string, nowMs: number): number {
  const ms = dayOf(flag, text);
  if (ms > nowMs) throw invalid(`${flag} must not lie in the future, but is ${JSON.stringify(text)}`);
  return ms;
}

/** Start of the day, UTC. `Date.parse` would take 2021-02-30 for 2 March. */
function dayOf(flag: string, text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) {
    throw notExpected(flag, 'a day like 2021-11-01', text);
  }
  return ms;
}

function startOfWeek(ms: number): number {
  return weekStartMs(isoWeekOf(ms));
}

function notExpected(flag: string, expected: string, text: string): AppError {
  return invalid(`${flag} must be ${expected}, but is ${JSON.stringify(text)}`);
}

function invalid(message: string): AppError {
  return new AppError(archiveErrorCodes.invalidPeriod, message);
}
