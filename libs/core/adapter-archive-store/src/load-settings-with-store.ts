import {
  type Environment,
  loadSettings,
  type Settings,
  SettingsError,
  type SettingsSource,
} from '@scorekeep/platform/util-config';
import { ArchiveLocationSettings } from './archive-location.settings';
import { type ArchiveStore, archiveStores, type StorageProvider } from './archive-stores';

export interface ConfigurationWithStore {
  /** Those that were asked for, `ArchiveLocationSettings`, and those of the store. */
  readonly settings: Settings;
  /** The one that the settings choose. */
  readonly store: ArchiveStore;
}

/** Reads the settings of an app and of the store that they choose. @throws SettingsError with every problem */
export async function loadSettingsWithStore(
  classes: readonly SettingsSource[],
  environment?: Environment,
): Promise<ConfigurationWithStore> {
  const store = await archiveStores[chosenProvider(environment)]();
  return { settings: loadSettings([...classes, ArchiveLocationSettings, store.settingsClass], environment), store };
}

/** Before all settings are read, since it decides which there are; a wrong value is reported with all other problems. */
function chosenProvider(environment: Environment | undefined): StorageProvider {
  try {
    return loadSettings([ArchiveLocationSettings], environment).get(ArchiveLocationSettings).STORAGE_PROVIDER;
  } catch (error) {
    if (error instanceof SettingsError) return 'local';
    throw error;
  }
}
