/** A number of questions as catalogues give it: a number or its digits. Undefined for anything else, 0 included. */
export function questionCountOf(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && count >= 1 ? Math.floor(count) : undefined;
}
