import { type LoadResult } from './constant-load';
import { highestRate, keepsUp } from './highest-rate';

const result = (given: Partial<LoadResult>): LoadResult => ({
  ...{ offered: 10, statuses: new Map([[200, 10]]), acceptedPerSecond: 10, p50Ms: 1, p99Ms: 2, maxMs: 3 },
  ...given,
});

describe('keepsUp', () => {
  it.each([
    [{}, true],
    [{ p99Ms: 101 }, false],
    [{ p99Ms: NaN }, false],
    [
      {
        statuses: new Map([
          [200, 9],
          [503, 1],
        ]),
      },
      false,
    ],
    [
      {
        statuses: new Map([
          [200, 9],
          [0, 1],
        ]),
      },
      false,
    ],
  ])('%j: %s', (given, expected) => {
    expect(keepsUp(result(given))).toBe(expected);
  });
});

describe('highestRate', () => {
  it.each([
    [100, 1_000],
    [8_000, 1_000],
  ])('from %s finds a limit of %s, to a step', async (first, limit) => {
    const rate = await highestRate(first, async (tried) => result({ p99Ms: tried <= limit ? 5 : 500 }));
    expect(rate).toBeLessThanOrEqual(limit);
    expect(rate * 1.16).toBeGreaterThan(limit);
  });

  it('does not believe one bad try', async () => {
    let tries = 0;
    const rate = await highestRate(100, async (tried) => {
      tries += 1;
      return result({ p99Ms: tries % 2 === 1 || tried > 500 ? 500 : 5 });
    });
    expect(rate).toBeGreaterThan(400);
  });

  it('gives up on a server that never keeps up', async () => {
    await expect(highestRate(4, async () => result({ p99Ms: 500 }))).rejects.toThrow('does not keep up');
  });
});
