import { percentile } from './percentile';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  it.each([
    { values: hundred, share: 0.5, expected: 50 },
    { values: hundred, share: 0.99, expected: 99 },
    { values: hundred, share: 1, expected: 100 },
    { values: hundred, share: 0, expected: 1 },
    { values: [7], share: 0.99, expected: 7 },
    { values: [1, 2, 3], share: 0.99, expected: 3 },
    { values: [], share: 0.5, expected: NaN },
  ])('$share of $values.length values', ({ values, share, expected }) => {
    expect(percentile(values, share)).toBe(expected);
  });
});
