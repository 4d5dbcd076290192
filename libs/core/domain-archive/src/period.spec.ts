import { thrownBy } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { isCompleteWeek, isoWeekOf, previousWeek, weekMs, weekStartMs } from './iso-week';
import { archivePeriod, completeBeforeMs, type PeriodOptions } from './period';

const dayMs = 24 * 3600 * 1000;
/** A Wednesday, 10:00. */
const nowMs = Date.parse('2021-11-17T10:00:00.000Z');
const monday = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

describe('archivePeriod', () => {
  it.each<[PeriodOptions, string | undefined, string]>([
    [{ period: 'last-week' }, '2021-11-08', '2021-11-15'],
    [{ period: 'last-weeks=1' }, '2021-11-08', '2021-11-15'],
    [{ period: 'last-weeks=3' }, '2021-10-25', '2021-11-15'],
    [{ period: 'all' }, undefined, '2021-11-15'],
    [{ date: '2021-11-01' }, '2021-11-01', '2021-11-08'],
    [{ date: '2021-11-07' }, '2021-11-01', '2021-11-08'],
    [{ date: '2021-11-17' }, '2021-11-15', '2021-11-15'],
    [{ date: '2021-11-14' }, '2021-11-08', '2021-11-15'],
    [{ before: '2021-11-01' }, undefined, '2021-11-01'],
    [{ before: '2021-11-03' }, undefined, '2021-11-01'],
    [{ before: '2021-11-17' }, undefined, '2021-11-15'],
    [{ olderThan: '0w' }, undefined, '2021-11-15'],
    [{ olderThan: '1w' }, undefined, '2021-11-08'],
    [{ olderThan: '8w' }, undefined, '2021-09-20'],
    [{ olderThan: '3d' }, undefined, '2021-11-08'],
    [{ olderThan: '2d' }, undefined, '2021-11-15'],
  ])('%j is from %s to before %s', (options, from, before) => {
    const expected = { beforeMs: monday(before), ...(from === undefined ? {} : { fromMs: monday(from) }) };
    expect(archivePeriod(options, nowMs, dayMs)).toEqual(expected);
  });

  it('leaves out a week that ended less than the grace ago', () => {
    const mondayNoonMs = monday('2021-11-15') + dayMs / 2;
    expect(archivePeriod({ period: 'last-week' }, mondayNoonMs, dayMs)).toEqual({
      fromMs: monday('2021-11-01'),
      beforeMs: monday('2021-11-08'),
    });
    expect(archivePeriod({ period: 'last-week' }, monday('2021-11-16'), dayMs)).toEqual({
      fromMs: monday('2021-11-08'),
      beforeMs: monday('2021-11-15'),
    });
  });

  const options = fc.oneof(
    fc.constantFrom<PeriodOptions>({ period: 'last-week' }, { period: 'all' }),
    fc.integer({ min: 1, max: 60 }).map((weeks): PeriodOptions => ({ period: `last-weeks=${weeks}` })),
    fc.integer({ min: 0, max: 60 }).map((weeks): PeriodOptions => ({ olderThan: `${weeks}w` })),
    fc.date({ min: new Date('2020-01-01'), max: new Date(nowMs), noInvalidDate: true }).chain((date) => {
      const day = date.toISOString().slice(0, 10);
      return fc.constantFrom<PeriodOptions>({ date: day }, { before: day });
    }),
  );

  it('holds complete weeks and nothing else, whatever is asked and when', () => {
    fc.assert(
      fc.property(options, fc.nat(200 * dayMs), fc.nat(10 * dayMs), (asked, laterMs, graceMs) => {
        const now = nowMs + laterMs;
        const { fromMs = -Infinity, beforeMs } = archivePeriod(asked, now, graceMs);
        expect(weekStartMs(isoWeekOf(beforeMs))).toBe(beforeMs);
        expect(fromMs).toBeLessThanOrEqual(beforeMs);
        expect(isCompleteWeek(previousWeek(isoWeekOf(beforeMs)), now, graceMs)).toBe(true);
      }),
    );
  });

  it.each<[PeriodOptions, RegExp]>([
    [{}, /--period, --date, --before and --older-than/],
    [{ period: 'all', before: '2021-11-01' }, /--period and --before cannot be combined/],
    [{ date: '2021-11-01', olderThan: '8w' }, /--date and --older-than cannot be combined/],
    [{ period: '' }, /--period must be last-week, last-weeks=N .* or all, but is ""/],
    [{ period: 'last-weeks=0' }, /--period must be/],
    [{ period: 'last-weeks=-1' }, /--period must be/],
    [{ period: 'last-weeks=' }, /--period must be/],
    [{ period: 'last-month' }, /--period must be .* but is "last-month"/],
    [{ date: '2021-02-30' }, /--date must be a day like 2021-11-01, but is "2021-02-30"/],
    [{ date: '2021-13-01' }, /--date must be a day/],
    [{ date: '01.11.2021' }, /--date must be a day/],
    [{ before: '2021-11-1' }, /--before must be a day/],
    [{ date: '2021-11-18' }, /--date must not lie in the future, but is "2021-11-18"/],
    [{ before: '2030-01-01' }, /--before must not lie in the future/],
    [{ before: '2021-11-01T00:00:00Z' }, /--before must be a day/],
    [{ olderThan: '8' }, /--older-than must be a number of weeks or days like 8w or 60d, but is "8"/],
    [{ olderThan: '-8w' }, /--older-than must be/],
    [{ olderThan: '8m' }, /--older-than must be/],
  ])('refuses %j', (asked, words) => {
    const read = (): unknown => archivePeriod(asked, nowMs, dayMs);
    expect(thrownBy(read)).toMatchObject({ code: 'ARCHIVE.INVALID_PERIOD' });
    expect(read).toThrow(words);
  });
});

describe('completeBeforeMs', () => {
  it('is the start of the first week that is not complete', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(3 * weekMs), (now, graceMs) => {
        const boundary = completeBeforeMs(now, graceMs);
        expect(isCompleteWeek(previousWeek(isoWeekOf(boundary)), now, graceMs)).toBe(true);
        expect(isCompleteWeek(isoWeekOf(boundary), now, graceMs)).toBe(false);
      }),
    );
  });
});
