import { parseNumbers } from '../option-values';

export interface ExhaustBenchOptions {
  /** In the batch that is reported, of 20 questions each. */
  readonly attempts: number;
  readonly runs: number;
  /** How many times as many rows the table then has as the batch. */
  readonly factor: number;
}

/** @returns undefined when the arguments are not understood */
export function parseExhaustOptions(args: readonly string[]): ExhaustBenchOptions | undefined {
  return parseNumbers(args, {
    attempts: { least: 2, most: 1_000_000, preset: 100_000 },
    runs: { least: 1, most: 100, preset: 5 },
    factor: { least: 1, most: 1_000, preset: 10 },
  });
}
