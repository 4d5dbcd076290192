import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { parseOptions } from '../option-values';

export interface IngestBenchOptions {
  /** Records in the topic, duplicates included. */
  readonly events: number;
  readonly runs: number;
  readonly partitions: number;
  /** Share of the records that repeat an earlier one, %. */
  readonly duplicatesPercent: number;
  /** How many attempts each learner makes in one course and batch. */
  readonly attemptsPerLearner: number;
  readonly layout: StorageLayout;
}

/** @returns undefined when the arguments are not understood */
export function parseIngestOptions(args: readonly string[]): IngestBenchOptions | undefined {
  const parsed = parseOptions(
    args,
    {
      events: { least: 1, most: 1_000_000, preset: 60_000 },
      runs: { least: 1, most: 1_000, preset: 5 },
      partitions: { least: 1, most: 100, preset: 4 },
      duplicates: { least: 0, most: 90, preset: 2 },
      'attempts-per-learner': { least: 1, most: 10_000, preset: 5 },
    },
    { layout: ['unified', 'split'] },
  );
  if (!parsed) return undefined;
  const { events, runs, partitions, duplicates: duplicatesPercent } = parsed.numbers;
  const attemptsPerLearner = parsed.numbers['attempts-per-learner'];
  const layout: StorageLayout = parsed.chosen['layout'] === 'split' ? 'split' : 'unified';
  return { events, runs, partitions, duplicatesPercent, attemptsPerLearner, layout };
}
