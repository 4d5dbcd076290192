import { parseArgs } from 'node:util';

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
  const values = valuesOf(args);
  if (!values) return undefined;
  const [runs, seconds, learners] = [
    wholeNumber(values.runs, 1, 1_000),
    wholeNumber(values.seconds, 1, 3_600),
    wholeNumber(values.learners, 1, 100_000),
  ];
  if (runs === undefined || seconds === undefined || learners === undefined) return undefined;
  return { runs, seconds, learners };
}

function valuesOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '10' },
        learners: { type: 'string', default: '2000' },
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
