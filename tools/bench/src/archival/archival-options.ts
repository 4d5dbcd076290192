import { parseNumbers } from '../option-values';

export interface ArchivalBenchOptions {
  /** In the batch and week that are measured, of 20 questions each. */
  readonly attempts: number;
  readonly runs: number;
  /** How many times as many rows the table then has as the batch. */
  readonly factor: number;
}

/** @returns undefined when the arguments are not understood */
export function parseArchivalOptions(args: readonly string[]): ArchivalBenchOptions | undefined {
  return parseNumbers(args, {
    attempts: { least: 1, most: 1_000_000, preset: 20_000 },
    runs: { least: 1, most: 100, preset: 5 },
    factor: { least: 1, most: 1_000, preset: 10 },
  });
}
