import { loadSettings } from '@scorekeep/platform/util-config';
import { scheduleOf, ScheduleSettings } from './schedule.settings';

const read = (text?: string): string | undefined =>
  scheduleOf(loadSettings([ScheduleSettings], { ARCHIVE_SCHEDULE: text }).get(ScheduleSettings));

describe('ARCHIVE_SCHEDULE', () => {
  it.each([
    [undefined, '0 2 * * *'],
    ['30 1 * * 1', '30 1 * * 1'],
    ['*/5 * * * * *', '*/5 * * * * *'],
    ['off', undefined],
  ])('%j is %j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['nightly', '61 2 * * *', '0 2 * *', 'never'])('%j is refused, with an example', (text) => {
    expect(() => read(text)).toThrow('ARCHIVE_SCHEDULE must be a cron expression like "0 2 * * *", or off');
  });
});
