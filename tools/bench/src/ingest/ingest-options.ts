import { parseArgs } from 'node:util';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';

export interface IngestBenchOptions {
  /** Records in the topic, duplicates included. */
  readonly events: number;
  readonly runs: number;
  readonly partitions: number;
  /** Share of the records that repeat an earlier one, %. */
  readonly duplicatesPercent: number;
  readonly layout: StorageLayout;
}

/** @returns undefined when the arguments are not understood */
export function parseIngestOptions(args: readonly string[]): IngestBenchOptions | undefined {
  const values = valuesOf(args);
  if (!values) return undefined;
  const { layout } = values;
  const [events, runs, partitions, duplicatesPercent] = [
    wholeNumber(values.events, 1, 1_000_000),
    wholeNumber(values.runs, 1, 1_000),
    wholeNumber(values.partitions, 1, 100),
    wholeNumber(values.duplicates, 0, 90),
  ];
  if (events === undefined || runs === undefined || partitions === undefined || duplicatesPercent === undefined) return;
  if (layout !== 'unified' && layout !== 'split') return undefined;
  return { events, runs, partitions, duplicatesPercent, layout };
}

function valuesOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        events: { type: 'string', default: '6000' },
        runs: { type: 'string', default: '5' },
        partitions: { type: 'string', default: '4' },
        duplicates: { type: 'string', default: '2' },
        layout: { type: 'string', default: 'unified' },
      },
    });
    return values;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}
