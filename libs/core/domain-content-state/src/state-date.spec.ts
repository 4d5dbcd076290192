import * as fc from 'fast-check';
import { formatStateDate, parseStateDate } from './state-date';

const noon = Date.UTC(2020, 10, 24, 7, 34, 28, 89);

describe('parseStateDate', () => {
  it.each([
    { text: '2020-11-24 07:34:28:089+0000', ms: noon },
    { text: '2020-11-24 13:04:28:089+0530', ms: noon },
    { text: '2020-11-23 23:34:28:089-0800', ms: noon },
    { text: '2021-04-31 00:00:00:000+0000', ms: Date.UTC(2021, 4, 1) },
    { text: '2020-13-24 07:34:28:089+0000', ms: null },
    { text: '2020-11-24 24:00:00:000+0000', ms: null },
    { text: '2020-11-24T07:34:28.089Z', ms: null },
    { text: '2020-11-24 07:34:28:089+00:00', ms: null },
    { text: '2020-11-24 07:34:28:089+0000 ', ms: null },
    { text: 'yesterday', ms: null },
    { text: '', ms: null },
    { text: null, ms: null },
  ])('$text', ({ text, ms }) => {
    expect(parseStateDate(text)).toBe(ms);
  });
});

describe('formatStateDate', () => {
  it.each([
    { timeZone: 'UTC', text: '2020-11-24 07:34:28:089+0000' },
    { timeZone: 'Asia/Kolkata', text: '2020-11-24 13:04:28:089+0530' },
    { timeZone: 'America/St_Johns', text: '2020-11-24 04:04:28:089-0330' },
  ])('dates are yyyy-MM-dd HH:mm:ss:SSSZ in the zone $timeZone', ({ timeZone, text }) => {
    expect(formatStateDate(noon, timeZone)).toBe(text);
  });

  it('follows summer time', () => {
    expect(formatStateDate(Date.UTC(2024, 6, 1), 'Europe/Berlin')).toBe('2024-07-01 02:00:00:000+0200');
    expect(formatStateDate(Date.UTC(2024, 0, 1), 'Europe/Berlin')).toBe('2024-01-01 01:00:00:000+0100');
  });

  it('is what parseStateDate reads, for any time and zone', () => {
    const someMs = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(9999, 0, 1) });
    const someZone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Chatham', 'Pacific/Apia');
    fc.assert(
      fc.property(someMs, someZone, (ms, timeZone) => {
        expect(parseStateDate(formatStateDate(ms, timeZone))).toBe(ms);
      }),
    );
  });
});
