/** Of the runs of a benchmark. */
export interface Statistics {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Median and spread; with an even number of values the median is the mean of the middle two.
 *
 * @param values at least one, in any order
 * @throws RangeError when there is none
 */
export function statisticsOf(values: readonly number[]): Statistics {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new RangeError('statistics need a value');
  }
  return { median: (low + high) / 2, min, max };
}
