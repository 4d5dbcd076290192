import fc from 'fast-check';
import { formatGrandTotal, formatScore } from './format-score';

describe('formatScore', () => {
  it.each([
    { value: 10, written: '10.0', why: 'at least one decimal' },
    { value: 0, written: '0.0', why: '' },
    { value: 1.333, written: '1.33', why: 'at most two' },
    { value: 1.5, written: '1.5', why: 'no trailing zero' },
    { value: 0.1 + 0.2, written: '0.3', why: 'binary noise disappears' },
    { value: 0.125, written: '0.12', why: 'half-even: down to even' },
    { value: 0.375, written: '0.38', why: 'half-even: up to even' },
    { value: 2.625, written: '2.62', why: 'half-even: down to even' },
    { value: 0.135, written: '0.14', why: 'its double lies above the half' },
    { value: 1.005, written: '1.0', why: 'its double lies below the half' },
    { value: -0.335, written: '-0.34', why: 'its double lies beyond the half' },
    { value: -0.001, written: '-0.0', why: 'a negative that rounds to zero' },
    { value: -0, written: '-0.0', why: 'negative zero' },
    { value: -1.25, written: '-1.25', why: '' },
    { value: 0.995, written: '0.99', why: 'its double lies below the half' },
    { value: 1e15 + 0.125, written: '1000000000000000.12', why: 'a tie among large numbers' },
    { value: 2 ** 53, written: '9007199254740992.0', why: '' },
    { value: 1e21, written: '1000000000000000000000.0', why: 'no exponent' },
    { value: 5e-324, written: '0.0', why: 'the smallest double' },
  ])('writes $value as $written ($why)', ({ value, written }) => {
    expect(formatScore(value)).toBe(written);
  });

  it('stays within half a hundredth of the value', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        expect(Math.abs(Number(formatScore(value)) - value)).toBeLessThanOrEqual(0.005 + Math.abs(value) * 1e-15);
      }),
    );
  });

  it('always has one or two decimals', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(formatScore(value)).toMatch(/^-?\d+\.\d{1,2}$/);
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity])('refuses %p', (value) => {
    expect(() => formatScore(value)).toThrow(RangeError);
  });

  it('writes a grand total as score and maximum', () => {
    expect(formatGrandTotal(3.333, 10)).toBe('3.33/10.0');
  });
});
