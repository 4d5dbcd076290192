import { AppError } from '@scorekeep/platform/util-errors';
import { archiveErrorCodes } from './archive.errors';

/** An ISO 8601 week in UTC. The week-year of 2022-01-01 is 2021, its week 52. */
export interface IsoWeek {
  readonly isoYear: number;
  /** 1–53. */
  readonly isoWeek: number;
}

const dayMs = 24 * 3600 * 1000;
const daysPerWeek = 7;
/** Length of every week: UTC has no daylight saving time. */
export const weekMs = daysPerWeek * dayMs;
/** 1970-01-01 was a Thursday; Monday counts as day 0 of its week. */
const weekdayOfEpoch = 3;
const thursday = 3;

/**
 * The week that holds an instant.
 *
 * @param ms since epoch, UTC; fractions and negative values are fine
 * @throws RangeError when `ms` is no instant of the ECMAScript calendar (±8.64e15)
 */
export function isoWeekOf(ms: number): IsoWeek {
  const day = Math.floor(ms / dayMs);
  const weekday = modulo(day + weekdayOfEpoch, daysPerWeek);
  const thursdayOfWeek = day - weekday + thursday;
  const isoYear = new Date(thursdayOfWeek * dayMs).getUTCFullYear();
  if (Number.isNaN(isoYear)) throw new RangeError('not an instant that a calendar has');
  return { isoYear, isoWeek: Math.floor((thursdayOfWeek - firstDayOf(isoYear)) / daysPerWeek) + 1 };
}

/** First instant of the week, ms since epoch: Monday 00:00:00.000 UTC. */
export function weekStartMs({ isoYear, isoWeek }: IsoWeek): number {
  const fourthOfJanuary = firstDayOf(isoYear) + 3;
  const firstMonday = fourthOfJanuary - modulo(fourthOfJanuary + weekdayOfEpoch, daysPerWeek);
  return firstMonday * dayMs + (isoWeek - 1) * weekMs;
}

/** First instant after the week, ms since epoch. */
export function weekEndMs(week: IsoWeek): number {
  return weekStartMs(week) + weekMs;
}

/** True when the week ended at least `graceMs` ago. */
export function isCompleteWeek(week: IsoWeek, nowMs: number, graceMs: number): boolean {
  return weekEndMs(week) + graceMs <= nowMs;
}

/** `2021-5`: week-year and week, without leading zero, as object keys have it. */
export function formatIsoWeek({ isoYear, isoWeek }: IsoWeek): string {
  return `${isoYear}-${isoWeek}`;
}

/**
 * Reads `2021-5` or `2021-05`.
 *
 * @throws ARCHIVE.INVALID_WEEK for other text and for weeks that the year does not have
 */
export function parseIsoWeek(text: string): IsoWeek {
  const [, year, number] = /^(-?\d{1,6})-(\d{1,2})$/.exec(text) ?? [];
  const week = { isoYear: Number(year), isoWeek: Number(number) };
  if (year === undefined || !isIsoWeek(week)) {
    throw new AppError(archiveErrorCodes.invalidWeek, `not an ISO week like 2021-22: ${JSON.stringify(text)}`);
  }
  return week;
}

/** True for weeks that the calendar has: week 53 only in years that have one. */
export function isIsoWeek(week: IsoWeek): boolean {
  const { isoYear, isoWeek } = week;
  if (!Number.isInteger(isoYear) || !Number.isInteger(isoWeek) || isoWeek < 1 || isoWeek > 53) return false;
  const startMs = weekStartMs(week);
  return Number.isFinite(startMs) && (isoWeek < 53 || compareWeeks(isoWeekOf(startMs), week) === 0);
}

/** @returns negative when `left` is earlier, 0 when they are the same week, positive when it is later */
export function compareWeeks(left: IsoWeek, right: IsoWeek): number {
  return left.isoYear - right.isoYear || left.isoWeek - right.isoWeek;
}

export function nextWeek(week: IsoWeek): IsoWeek {
  return isoWeekOf(weekEndMs(week));
}

export function previousWeek(week: IsoWeek): IsoWeek {
  return isoWeekOf(weekStartMs(week) - weekMs);
}

/** Days since epoch of 1 January. `Date.UTC` would take the years 0–99 for 1900–1999. */
function firstDayOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1) / dayMs;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
