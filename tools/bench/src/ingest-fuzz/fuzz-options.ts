import { parseNumbers } from '../option-values';

export interface FuzzOptions {
  readonly events: number;
  /** The same seed gives the same events. */
  readonly seed: number;
  readonly partitions: number;
}

/** @returns undefined when the arguments are not understood */
export function parseFuzzOptions(args: readonly string[]): FuzzOptions | undefined {
  return parseNumbers(args, {
    events: { least: 1, most: 10_000_000, preset: 1_000_000 },
    seed: { least: 0, most: 0xffff_ffff, preset: 1 },
    partitions: { least: 1, most: 100, preset: 4 },
  });
}
