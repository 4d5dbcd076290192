import { parseArgs } from 'node:util';

export interface FuzzOptions {
  readonly events: number;
  /** The same seed gives the same events. */
  readonly seed: number;
  readonly partitions: number;
}

/** @returns undefined when the arguments are not understood */
export function parseFuzzOptions(args: readonly string[]): FuzzOptions | undefined {
  const values = valuesOf(args);
  if (!values) return undefined;
  const [events, seed, partitions] = [
    wholeNumber(values.events, 1, 10_000_000),
    wholeNumber(values.seed, 0, 0xffff_ffff),
    wholeNumber(values.partitions, 1, 100),
  ];
  if (events === undefined || seed === undefined || partitions === undefined) return undefined;
  return { events, seed, partitions };
}

function valuesOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        events: { type: 'string', default: '1000000' },
        seed: { type: 'string', default: '1' },
        partitions: { type: 'string', default: '4' },
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
