import { isDeepStrictEqual } from 'node:util';

/** Something is not as it was promised. */
export class Difference extends Error {}

/** @throws Difference that says what differs */
export function requireEqual(what: string, expected: unknown, found: unknown): void {
  if (isDeepStrictEqual(expected, found)) return;
  throw new Difference(`${what}: expected ${shown(expected)}, found ${shown(found)}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
}
