import { createHash } from 'node:crypto';

/** What tells requests apart. */
export interface RequestIdentity {
  /** Without the channel. */
  readonly tag: string;
  readonly dataset: string;
  readonly requestedBy: string;
  readonly channel: string;
  /** As `sortedJson` writes it. */
  readonly config: string;
  readonly format: string;
}

/** Upper-case hex MD5 of the six, joined by `|`: a name that the reference gives too, no protection of anything. */
export function requestIdOf({ tag, dataset, requestedBy, channel, config, format }: RequestIdentity): string {
  const text = [tag, dataset, requestedBy, channel, config, format].join('|');
  return createHash('md5').update(text).digest('hex').toUpperCase();
}

/** JSON without spaces, the keys of all objects sorted by code unit. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    typeof nested === 'object' && nested !== null && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([left], [right]) => (left < right ? -1 : 1)))
      : nested,
  );
}
