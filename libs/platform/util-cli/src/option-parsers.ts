import { UsageError } from './cli.errors';

/**
 * One of the words, as an option's value. nest-commander does not enforce `choices` of an option that has a parser.
 * @throws UsageError
 */
export function oneOf<T extends string>(choices: readonly T[], value: string): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`It must be one of ${choices.join(', ')}.`);
  return found;
}

/** A whole number of at least `min` (default 0), as an option's value. @throws UsageError */
export function wholeNumber(value: string, min = 0): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < min) {
    throw new UsageError(`It must be a whole number, at least ${min}.`);
  }
  return number;
}
