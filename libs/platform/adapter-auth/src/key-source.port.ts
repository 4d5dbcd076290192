import { type KeyObject } from 'node:crypto';

/** Public keys by `kid`. Lookups are in memory; a `kid` is never part of a path, a URL or a pattern. */
export abstract class KeySource {
  /** True while it is certain that no token can be verified. */
  abstract readonly isEmpty: boolean;
  abstract get(kid: string): KeyObject | undefined;
  /**
   * Looks whether there are other keys by now; at most one look at a time, and none soon after the last.
   * @throws AUTH.KEYS_UNAVAILABLE while no look has ever succeeded
   */
  abstract refresh(): Promise<void>;
  abstract close(): void;
}
