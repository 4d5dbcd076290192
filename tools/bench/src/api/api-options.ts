import { parseOptions } from '../option-values';

/** Parts of the bench, in their order; `all` of them unless one is named. */
const PARTS = ['all', 'read', 'update', 'overload', 'tokens'] as const;
export type ApiBenchPart = (typeof PARTS)[number];

export interface ApiBenchOptions {
  /** How often both sides are measured. */
  readonly runs: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** With ten contents each. */
  readonly learners: number;
  readonly only: ApiBenchPart;
}

/** @returns undefined when the arguments are not understood */
export function parseApiOptions(args: readonly string[]): ApiBenchOptions | undefined {
  const parsed = parseOptions(
    args,
    {
      runs: { least: 1, most: 1_000, preset: 5 },
      seconds: { least: 1, most: 3_600, preset: 10 },
      learners: { least: 1, most: 100_000, preset: 2_000 },
    },
    { only: PARTS },
  );
  return parsed && { ...parsed.numbers, only: parsed.chosen['only'] ?? 'all' };
}
