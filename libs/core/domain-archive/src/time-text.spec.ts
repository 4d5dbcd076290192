import { anyTimeMs } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { readTimeMs, writeTime } from './time-text';

const instantMs = Date.parse('2020-06-18T18:15:56.490Z');

describe('writeTime', () => {
  it.each([
    [instantMs, '"2020-06-18T18:15:56.490+0000"'],
    [0, '"1970-01-01T00:00:00.000+0000"'],
    [-1, '"1969-12-31T23:59:59.999+0000"'],
    [Date.parse('+012345-01-01T00:00:00Z'), '"+012345-01-01T00:00:00.000+0000"'],
    [8.64e15 + 1, '8640000000000001'],
    [0.5, '0.5'],
  ])('%d is %s', (ms, text) => {
    expect(writeTime(ms)).toBe(text);
  });

  it('is read back equal', () => {
    fc.assert(
      fc.property(anyTimeMs, (ms) => {
        expect(readTimeMs(JSON.parse(writeTime(ms)) as string)).toBe(ms);
      }),
    );
  });
});

describe('readTimeMs', () => {
  it.each([
    '2020-06-18T18:15:56.490+0000',
    '2020-06-18T18:15:56.490+00:00',
    '2020-06-18T18:15:56.490+00',
    '2020-06-18T18:15:56.490Z',
    '2020-06-18T18:15:56.490',
    '2020-06-18 18:15:56.490Z',
    '2020-06-18 18:15:56.490+0000',
    '2020-06-18 18:15:56.490 UTC',
    '2020-06-18 18:15:56.49',
    '2020-06-18T18:15:56.490999Z',
    '2020-06-18T23:45:56.490+05:30',
    '2020-06-18T23:45:56.490+0530',
    '2020-06-18T10:15:56.490-08',
  ])('takes %s', (text) => {
    expect(readTimeMs(text)).toBe(instantMs);
  });

  it.each([
    ['2020-06-18T18:15:56', '2020-06-18T18:15:56.000Z'],
    ['2020-06-18 18:15+0000', '2020-06-18T18:15:00.000Z'],
    ['-000044-03-15T00:00:00.000+0000', '-000044-03-15T00:00:00.000Z'],
  ])('takes %s for %s', (text, instant) => {
    expect(readTimeMs(text)).toBe(Date.parse(instant));
  });

  it.each([
    '',
    'yesterday',
    '2020-06-18',
    '2020-13-18T18:15:56Z',
    '2020-06-18T25:15:56Z',
    '18/06/2020 18:15',
    '1592504156490',
  ])('does not take %j', (text) => {
    expect(readTimeMs(text)).toBeUndefined();
  });
});
