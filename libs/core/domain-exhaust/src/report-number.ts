/**
 * A score as reports write it: the shortest decimal that reads back equal, at least one decimal, never an exponent.
 * `1` is `1.0`, a third `0.3333333333333333`: scores are not rounded, so that sums over a report are the stored ones.
 * What is not finite is written as Java does: `NaN`, `Infinity`.
 */
export function writeScore(points: number): string {
  if (Number.isInteger(points) && Math.abs(points) < 1e15) return `${points}.0`;
  const shortest = String(points);
  if (!Number.isFinite(points)) return shortest;
  const [mantissa = '', exponent] = shortest.split('e');
  if (exponent !== undefined) return withoutExponent(mantissa, Number(exponent));
  return mantissa.includes('.') ? mantissa : `${mantissa}.0`;
}

/** Seconds rounded to a whole number, halves away from zero, written `12.0`; never `-0.0`. */
export function writeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return String(seconds);
  const magnitude = Math.round(Math.abs(seconds));
  return writeScore(magnitude === 0 || seconds > 0 ? magnitude : -magnitude);
}

function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits}${'0'.repeat(exponent - fraction.length)}.0`;
}
