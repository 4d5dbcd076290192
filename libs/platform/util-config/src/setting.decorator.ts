import 'reflect-metadata';

export interface SettingOptions {
  /** Never show the value, although the name does not give it away (a URL with a password in it). */
  readonly secret?: boolean;
}

/** What `@Setting` noted about a property. */
export interface SettingDeclaration {
  readonly name: string;
  readonly meaning: string;
  readonly secret: boolean;
}

const declarations = Symbol('settings');

const secretName = /PASSWORD|SECRET|KEY|TOKEN|CONNECTION_STRING/;

/** Whether the variable's value must never be printed, judged by its name alone. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Marks a property as a setting: its name is the environment variable's, `meaning` goes to `.env.example`. */
export function Setting(meaning: string, options: SettingOptions = {}): PropertyDecorator {
  return (prototype, property) => {
    const name = String(property);
    const own: SettingDeclaration = { name, meaning, secret: options.secret ?? isSecretName(name) };
    Reflect.defineMetadata(declarations, [...declaredSettings(prototype), own], prototype);
  };
}

/** The settings of a class in order of declaration, inherited ones first. */
export function declaredSettings(prototype: object): readonly SettingDeclaration[] {
  return (Reflect.getMetadata(declarations, prototype) as SettingDeclaration[] | undefined) ?? [];
}
