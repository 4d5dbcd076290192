import { AppError } from '@scorekeep/platform/util-errors';
import { validateSync, type ValidationError } from 'class-validator';
import { declaredSettings, type SettingDeclaration } from './setting.decorator';
import { convertSetting } from './setting-value';
import { SettingsError, type SettingProblem } from './settings.errors';
import { Settings } from './settings';
import { classOf, defaultsOf, type SettingsSource } from './settings-source';

/** Where settings come from: `process.env` or the like. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and validates the settings of all classes. A variable that is not set, or empty, keeps its default.
 * @throws SettingsError with every problem of every class.
 */
export function loadSettings(sources: readonly SettingsSource[], environment: Environment = process.env): Settings {
  const problems = new Map<string, SettingProblem>();
  const instances = sources.map((source) => {
    const settings = defaultsOf(source);
    readInto(settings, environment).forEach((problem) => problems.set(problem.name, problem));
    return [classOf(source), settings] as const;
  });
  if (problems.size > 0) throw new SettingsError([...problems.values()]);
  return new Settings(new Map(instances));
}

function readInto(settings: object, environment: Environment): SettingProblem[] {
  const declared = declarationsOf(settings);
  const unreadable = new Map<string, SettingProblem>();
  for (const declaration of declared) {
    const text = environment[declaration.name];
    if (text === undefined || text === '') continue;
    const conversion = convertSetting(settings, declaration.name, text);
    if ('value' in conversion) Reflect.set(settings, declaration.name, conversion.value);
    else unreadable.set(declaration.name, problem(declaration, `must be ${conversion.expected}`, text));
  }
  const invalid = validateSync(settings, { forbidUnknownValues: false });
  return declared.flatMap((declaration) => {
    const found = unreadable.get(declaration.name) ?? refused(declaration, invalid, environment);
    return found === undefined ? [] : [found];
  });
}

function refused(
  declaration: SettingDeclaration,
  errors: readonly ValidationError[],
  environment: Environment,
): SettingProblem | undefined {
  const error = errors.find(({ property }) => property === declaration.name);
  if (error === undefined) return undefined;
  const prefix = `${declaration.name} `;
  const expected = Object.values(error.constraints ?? {}).map((text) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  );
  return problem(declaration, expected.join('; '), environment[declaration.name]);
}

function problem({ name, meaning, secret }: SettingDeclaration, expected: string, text = ''): SettingProblem {
  if (text === '') return { name, text: `${name} ${expected}, but is not set (${meaning})` };
  return { name, text: `${name} ${expected}, but is ${secret ? 'something else (not shown)' : JSON.stringify(text)}` };
}

/** A property without `@Setting` would silently never be read. */
function declarationsOf(settings: object): readonly SettingDeclaration[] {
  const declared = declaredSettings(settings);
  const forgotten = Object.keys(settings).find((key) => !declared.some(({ name }) => name === key));
  if (forgotten !== undefined) {
    throw new AppError('CONFIG.UNDECLARED', `${settings.constructor.name}.${forgotten} has no @Setting`);
  }
  return declared;
}
