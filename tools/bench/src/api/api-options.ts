import { parseNumbers } from '../option-values';

export interface ApiBenchOptions {
  /** How often both sides are measured. */
  readonly runs: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** With ten contents each. */
  readonly learners: number;
}

/** @returns undefined when the arguments are not understood */
export function parseApiOptions(args: readonly string[]): ApiBenchOptions | undefined {
  return parseNumbers(args, {
    runs: { least: 1, most: 1_000, preset: 5 },
    seconds: { least: 1, most: 3_600, preset: 10 },
    learners: { least: 1, most: 100_000, preset: 2_000 },
  });
}
