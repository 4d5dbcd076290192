import fc from 'fast-check';
import { DateTime } from 'luxon';
import { writeDay, writeTime } from './report-time';

const at = Date.UTC(2020, 5, 18, 18, 35, 56, 490);

describe('writeTime', () => {
  it.each([
    { timeMs: at, timeZone: 'UTC', written: '2020-06-18 18:35:56' },
    { timeMs: at, timeZone: 'Asia/Kolkata', written: '2020-06-19 00:05:56' },
    { timeMs: at, timeZone: 'America/New_York', written: '2020-06-18 14:35:56' },
    { timeMs: Date.UTC(2020, 9, 25, 0, 30), timeZone: 'Europe/Berlin', written: '2020-10-25 02:30:00' },
    { timeMs: Date.UTC(2020, 9, 25, 1, 30), timeZone: 'Europe/Berlin', written: '2020-10-25 02:30:00' },
    { timeMs: Date.UTC(2021, 0, 1), timeZone: 'UTC', written: '2021-01-01 00:00:00' },
    { timeMs: 0, timeZone: 'UTC', written: '1970-01-01 00:00:00' },
    { timeMs: null, timeZone: 'UTC', written: '' },
  ])('$timeMs in $timeZone is $written', ({ timeMs, timeZone, written }) => {
    expect(writeTime(timeMs, timeZone)).toBe(written);
  });
});

it('writes every time as luxon does, in any zone', () => {
  const zones = ['UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia', 'Africa/Monrovia', '+05:30'];
  fc.assert(
    fc.property(
      fc.oneof(
        fc.date({ noInvalidDate: true }),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
      ),
      fc.constantFrom(...zones),
      (date, zone) => {
        const time = DateTime.fromMillis(date.getTime(), { zone });
        fc.pre(time.isValid);
        expect(writeTime(date.getTime(), zone)).toBe(time.toFormat('yyyy-MM-dd HH:mm:ss'));
      },
    ),
    { numRuns: 1_000 },
  );
});

describe('writeDay', () => {
  it.each([
    { timeMs: at, timeZone: 'UTC', written: '18/06/2020' },
    { timeMs: at, timeZone: 'Asia/Kolkata', written: '19/06/2020' },
    { timeMs: null, timeZone: 'UTC', written: '' },
  ])('$timeMs in $timeZone is $written', ({ timeMs, timeZone, written }) => {
    expect(writeDay(timeMs, timeZone)).toBe(written);
  });
});
