/**
 * A score as text with at least one and at most two decimals, as Java's `DecimalFormat("0.0#")` prints it:
 * rounded half-even on the exact binary value; a negative that rounds to zero is `-0.0`.
 *
 * @param points finite
 * @throws RangeError when not finite
 */
export function formatScore(points: number): string {
  if (!Number.isFinite(points)) throw new RangeError('a score must be finite');
  const magnitude = Math.abs(points);
  const sign = points < 0 || Object.is(points, -0) ? '-' : '';
  if (magnitude >= 2 ** 53) return `${sign}${BigInt(magnitude)}.0`;
  const [whole, decimals] = splitHundredths(hundredthsHalfEven(magnitude));
  return `${sign}${whole}.${decimals.endsWith('0') ? decimals.slice(0, 1) : decimals}`;
}

/** `"<score>/<max score>"`, the column `grand_total`. Both in points. */
export function formatGrandTotal(score: number, maxScore: number): string {
  return `${formatScore(score)}/${formatScore(maxScore)}`;
}

/** Only odd eighths lie exactly between two hundredths; `toFixed` rounds everything else by the exact value. */
function hundredthsHalfEven(magnitude: number): bigint {
  const eighths = magnitude * 8;
  if (!Number.isInteger(eighths) || eighths % 2 === 0) return BigInt(magnitude.toFixed(2).replace('.', ''));
  const lower = (BigInt(eighths) * 25n - 1n) / 2n;
  return lower % 2n === 0n ? lower : lower + 1n;
}

function splitHundredths(hundredths: bigint): [whole: string, decimals: string] {
  const digits = hundredths.toString().padStart(3, '0');
  return [digits.slice(0, -2), digits.slice(-2)];
}
