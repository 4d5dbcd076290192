import { AppError } from '@scorekeep/platform/util-errors';
import { type SettingsClass } from './settings-source';

/** Settings that were read and found valid, by class. */
export class Settings {
  constructor(private readonly instances: ReadonlyMap<SettingsClass<object>, object>) {}

  /** @throws CONFIG.NOT_LOADED when the class was not among those that were loaded. */
  get<T extends object>(settingsClass: SettingsClass<T>): T {
    const settings = this.instances.get(settingsClass);
    if (settings === undefined) throw new AppError('CONFIG.NOT_LOADED', `${settingsClass.name} was not loaded`);
    return settings as T;
  }

  /** Providers for a Nest module: each class is the token of its own instance. */
  providers(): { provide: SettingsClass<object>; useValue: object }[] {
    return [...this.instances].map(([provide, useValue]) => ({ provide, useValue }));
  }
}
