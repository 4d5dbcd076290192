import { parseArgs } from 'node:util';

/** The least and most that a whole number may be, and what it is when it is not given. */
export interface NumberOption {
  readonly least: number;
  readonly most: number;
  readonly preset: number;
}

/**
 * Options that are whole numbers: `--name 5` or `--name=5`.
 *
 * @returns undefined when the arguments are not understood
 */
export function parseNumbers<Name extends string>(
  args: readonly string[],
  options: Readonly<Record<Name, NumberOption>>,
): Readonly<Record<Name, number>> | undefined {
  return parseOptions(args, options, {})?.numbers;
}

/** As `parseNumbers`, with options that are one of some words beside them: the first word when not given. */
export function parseOptions<Name extends string, Choice extends string>(
  args: readonly string[],
  numbers: Readonly<Record<Name, NumberOption>>,
  choices: Readonly<Record<string, readonly Choice[]>>,
): { readonly numbers: Readonly<Record<Name, number>>; readonly chosen: Readonly<Record<string, Choice>> } | undefined {
  const texts = textsOf(args, [...Object.keys(numbers), ...Object.keys(choices)]);
  if (!texts) return undefined;
  const values = numbersIn(texts, numbers);
  const chosen = Object.entries(choices).map(([name, words]) => {
    const text = texts[name] ?? words[0];
    return [name, words.find((word) => word === text)] as const;
  });
  if (!values || chosen.some(([, word]) => word === undefined)) return undefined;
  return { numbers: values, chosen: Object.fromEntries(chosen) as Record<string, Choice> };
}

function numbersIn<Name extends string>(
  texts: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<Name, NumberOption>>,
): Readonly<Record<Name, number>> | undefined {
  const numbers = Object.entries<NumberOption>(options).map(([name, { least, most, preset }]) => {
    const text = texts[name] ?? String(preset);
    const value = Number(text);
    return [name, /^\d+$/.test(text) && value >= least && value <= most ? value : undefined] as const;
  });
  if (numbers.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(numbers) as Record<Name, number>;
}

function textsOf(args: readonly string[], names: readonly string[]): Record<string, string | undefined> | undefined {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}
