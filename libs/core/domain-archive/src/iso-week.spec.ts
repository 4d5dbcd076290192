import { thrownBy } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  compareWeeks,
  formatIsoWeek,
  isCompleteWeek,
  isIsoWeek,
  isoWeekOf,
  nextWeek,
  parseIsoWeek,
  previousWeek,
  weekEndMs,
  weekStartMs,
} from './iso-week';

const dayMs = 24 * 3600 * 1000;
const instants = fc.integer({ min: -6e14, max: 6e14 });

describe('isoWeekOf', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', '1970-1'],
    ['1969-12-31T23:59:59.999Z', '1970-1'],
    ['1969-12-28T23:59:59.999Z', '1969-52'],
    ['1969-12-29T00:00:00.000Z', '1970-1'],
    ['2020-02-29T12:00:00.000Z', '2020-9'],
    ['2020-12-31T00:00:00.000Z', '2020-53'],
    ['2021-01-01T00:00:00.000Z', '2020-53'],
    ['2021-01-03T23:59:59.999Z', '2020-53'],
    ['2021-01-04T00:00:00.000Z', '2021-1'],
    ['2021-11-01T00:00:00.000Z', '2021-44'],
    ['2022-01-01T00:00:00.000Z', '2021-52'],
    ['2022-12-31T00:00:00.000Z', '2022-52'],
    ['2024-12-29T23:59:59.999Z', '2024-52'],
    ['2024-12-30T00:00:00.000Z', '2025-1'],
    ['2026-12-31T00:00:00.000Z', '2026-53'],
    ['1900-01-01T00:00:00.000Z', '1900-1'],
    ['0050-06-15T00:00:00.000Z', '50-24'],
    ['0000-01-01T00:00:00.000Z', '-1-52'],
    ['-000044-03-15T00:00:00.000Z', '-44-11'],
  ])('%s lies in %s', (instant, week) => {
    expect(formatIsoWeek(isoWeekOf(Date.parse(instant)))).toBe(week);
  });

  it('agrees with luxon on any instant', () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const { weekYear, weekNumber } = DateTime.fromMillis(ms, { zone: 'utc' });
        expect(isoWeekOf(ms)).toEqual({ isoYear: weekYear, isoWeek: weekNumber });
      }),
    );
  });

  it('takes fractions of a millisecond', () => {
    expect(isoWeekOf(-0.5)).toEqual(isoWeekOf(-1));
    expect(isoWeekOf(Date.parse('2021-01-04') - 0.001)).toEqual({ isoYear: 2020, isoWeek: 53 });
  });

  it.each([NaN, Infinity, 8.65e15])('has no week for %d', (ms) => {
    expect(() => isoWeekOf(ms)).toThrow(RangeError);
  });
});

describe('bounds of a week', () => {
  it('hold exactly the instants of the week', () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const week = isoWeekOf(ms);
        expect(weekStartMs(week)).toBeLessThanOrEqual(ms);
        expect(weekEndMs(week)).toBeGreaterThan(ms);
        expect(weekEndMs(week) - weekStartMs(week)).toBe(7 * dayMs);
        expect(isoWeekOf(weekStartMs(week))).toEqual(week);
        expect(isoWeekOf(weekEndMs(week) - 1)).toEqual(week);
        expect(new Date(weekStartMs(week)).getUTCDay()).toBe(1);
      }),
    );
  });

  it('meet: the next week starts where this one ends, and is later', () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const week = isoWeekOf(ms);
        expect(weekStartMs(nextWeek(week))).toBe(weekEndMs(week));
        expect(previousWeek(nextWeek(week))).toEqual(week);
        expect(compareWeeks(week, nextWeek(week))).toBeLessThan(0);
        expect(compareWeeks(nextWeek(week), week)).toBeGreaterThan(0);
        expect(compareWeeks(week, { ...week })).toBe(0);
      }),
    );
  });
});

describe('isCompleteWeek', () => {
  const week = { isoYear: 2021, isoWeek: 52 };
  const endMs = Date.parse('2022-01-03T00:00:00.000Z');

  it.each([
    { nowMs: endMs - 1, graceMs: 0, complete: false },
    { nowMs: endMs, graceMs: 0, complete: true },
    { nowMs: endMs + dayMs - 1, graceMs: dayMs, complete: false },
    { nowMs: endMs + dayMs, graceMs: dayMs, complete: true },
  ])('at $nowMs with $graceMs ms of grace: $complete', ({ nowMs, graceMs, complete }) => {
    expect(isCompleteWeek(week, nowMs, graceMs)).toBe(complete);
  });
});

describe('the text of a week', () => {
  it('has no leading zero, and is read with or without one', () => {
    expect(formatIsoWeek({ isoYear: 2021, isoWeek: 5 })).toBe('2021-5');
    expect(parseIsoWeek('2021-5')).toEqual({ isoYear: 2021, isoWeek: 5 });
    expect(parseIsoWeek('2021-05')).toEqual({ isoYear: 2021, isoWeek: 5 });
    expect(parseIsoWeek('2020-53')).toEqual({ isoYear: 2020, isoWeek: 53 });
  });

  it('reads back equal', () => {
    fc.assert(
      fc.property(instants, (ms) => {
        expect(parseIsoWeek(formatIsoWeek(isoWeekOf(ms)))).toEqual(isoWeekOf(ms));
      }),
    );
  });

  it.each([
    '',
    '2021',
    '2021-0',
    '2021-53',
    '2021-54',
    '2021-W05',
    '2021-005',
    ' 2021-5',
    '2021-5\n',
    'x-5',
    '2021--5',
  ])('is not %j', (text) => {
    expect(thrownBy(() => parseIsoWeek(text))).toMatchObject({ code: 'ARCHIVE.INVALID_WEEK' });
  });

  it.each([
    { isoYear: 2021.5, isoWeek: 1 },
    { isoYear: 2021, isoWeek: 1.5 },
    { isoYear: 300_000, isoWeek: 1 },
    { isoYear: NaN, isoWeek: 1 },
  ])('stands for no week: %j', (week) => {
    expect(isIsoWeek(week)).toBe(false);
  });
});
