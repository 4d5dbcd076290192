import { statisticsOf } from './statistics';

describe('statisticsOf', () => {
  it.each([
    { values: [7], median: 7, min: 7, max: 7 },
    { values: [10, 9, 100], median: 10, min: 9, max: 100 },
    { values: [4, 1, 3, 2], median: 2.5, min: 1, max: 4 },
  ])('of $values', ({ values, ...expected }) => {
    expect(statisticsOf(values)).toEqual(expected);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    statisticsOf(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('needs a value', () => {
    expect(() => statisticsOf([])).toThrow(RangeError);
  });
});
