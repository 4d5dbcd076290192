import fc from 'fast-check';
import { writeDuration, writeScore } from './report-number';

describe('writeScore', () => {
  it.each([
    { points: 1, written: '1.0' },
    { points: 0, written: '0.0' },
    { points: 10, written: '10.0' },
    { points: 0.33, written: '0.33' },
    { points: 1 / 3, written: '0.3333333333333333', why: 'not rounded' },
    { points: -0.5, written: '-0.5' },
    { points: 1.5e-7, written: '0.00000015', why: 'no exponent' },
    { points: -1e-7, written: '-0.0000001' },
    { points: 1e21, written: '1000000000000000000000.0' },
    { points: 1.25e22, written: '12500000000000000000000.0' },
    { points: Number.NaN, written: 'NaN', why: 'as Java writes it' },
    { points: Number.NEGATIVE_INFINITY, written: '-Infinity' },
  ])('$points is written $written $why', ({ points, written }) => {
    expect(writeScore(points)).toBe(written);
  });

  it('reads back equal, is plain and has a decimal', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (points) => {
        const written = writeScore(points);
        expect(written).toMatch(/^-?\d+\.\d+$/);
        expect(Number(written)).toBe(points === 0 ? 0 : points);
      }),
    );
  });
});

describe('writeDuration', () => {
  it.each([
    { seconds: 12, written: '12.0' },
    { seconds: 0, written: '0.0' },
    { seconds: 11.5, written: '12.0', why: 'halves up' },
    { seconds: 12.5, written: '13.0', why: 'not half-even' },
    { seconds: 12.49, written: '12.0' },
    { seconds: 0.49999999999999994, written: '0.0' },
    { seconds: -0.2, written: '0.0', why: 'never -0.0' },
    { seconds: -0.5, written: '-1.0', why: 'away from zero' },
    { seconds: -7.4, written: '-7.0' },
    { seconds: 3600.7, written: '3601.0' },
    { seconds: Number.NaN, written: 'NaN' },
  ])('$seconds is written $written $why', ({ seconds, written }) => {
    expect(writeDuration(seconds)).toBe(written);
  });
});
