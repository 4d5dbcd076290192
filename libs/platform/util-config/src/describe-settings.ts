import { declaredSettings } from './setting.decorator';
import { defaultsOf, type SettingsSource } from './settings-source';

/** One variable, for documentation. */
export interface SettingDescription {
  readonly name: string;
  readonly meaning: string;
  readonly secret: boolean;
  /** As it would be written in the environment; undefined when there is none. */
  readonly default: string | undefined;
}

/** A part of `.env.example`: one library's settings, or one app's. */
export interface SettingsSection {
  readonly title: string;
  readonly settings: readonly SettingsSource[];
}

/** Every variable of the classes, in order of declaration. */
export function describeSettings(sources: readonly SettingsSource[]): SettingDescription[] {
  return sources.flatMap((source) => {
    const defaults = defaultsOf(source);
    return declaredSettings(defaults).map(({ name, meaning, secret }) => {
      const value = Reflect.get(defaults, name) as string | number | boolean | undefined;
      return { name, meaning, secret, default: value?.toString() };
    });
  });
}

/**
 * The text of `.env.example`. Every line is commented out and shows the default, so an unchanged copy changes nothing.
 * A variable that several sections share is listed once, and again where its default differs.
 */
export function renderEnvExample(sections: readonly SettingsSection[]): string {
  const listed = new Set<string>();
  const blocks = sections.map(({ title, settings }) => {
    const lines = describeSettings(settings).flatMap(({ name, meaning, default: value }) => {
      const assignment = `#${name}=${value ?? ''}`;
      if (listed.has(assignment)) return [];
      listed.add(assignment);
      return [`# ${meaning}`, assignment];
    });
    return lines.length === 0 ? '' : [`## ${title}`, ...lines, ''].join('\n');
  });
  return blocks.filter((block) => block !== '').join('\n');
}
