/** A plain class whose properties are settings; made without arguments. */
export type SettingsClass<T extends object> = new () => T;

/** A settings class with other defaults than its own. */
export interface SettingsDefaults<T extends object> {
  readonly settingsClass: SettingsClass<T>;
  readonly defaults: Partial<T>;
}

/** What can be loaded and described. */
export type SettingsSource<T extends object = object> = SettingsClass<T> | SettingsDefaults<T>;

/** The class with defaults of the app's own: `withDefaults(HttpSettings, { HTTP_PORT: 3002 })`. */
export function withDefaults<T extends object>(
  settingsClass: SettingsClass<T>,
  defaults: Partial<T>,
): SettingsDefaults<T> {
  return { settingsClass, defaults };
}

export function classOf<T extends object>(source: SettingsSource<T>): SettingsClass<T> {
  return typeof source === 'function' ? source : source.settingsClass;
}

/** An instance that holds the defaults. */
export function defaultsOf<T extends object>(source: SettingsSource<T>): T {
  return typeof source === 'function' ? new source() : Object.assign(new source.settingsClass(), source.defaults);
}
