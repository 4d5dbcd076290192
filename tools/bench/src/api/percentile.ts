/**
 * @param sorted ascending
 * @param share of 0 to 1
 * @returns the smallest value that at least this share of the values do not exceed; NaN of no values
 */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
