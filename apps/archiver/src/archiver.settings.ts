import { ArchiveSettings } from '@scorekeep/archival/feature-archive';
import { LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import {
  type Environment,
  loadSettings,
  Setting,
  type Settings,
  type SettingsClass,
  SettingsError,
} from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';
import { IsIn } from 'class-validator';
import { type ArchiveStore, archiveStores, type StorageProvider } from './archive-stores';

export class StorageProviderSettings {
  @Setting('what archived objects are kept in: local or s3')
  @IsIn(Object.keys(archiveStores))
  STORAGE_PROVIDER: StorageProvider = 'local';
}

const always: SettingsClass<object>[] = [
  CassandraSettings,
  LayoutSettings,
  StorageProviderSettings,
  ArchiveSettings,
  LoggingSettings,
];

export interface ArchiverConfiguration {
  readonly settings: Settings;
  /** The one that the settings choose. */
  readonly store: ArchiveStore;
}

/** Reads the settings of the app and of the store that they choose. @throws SettingsError with every problem */
export async function loadArchiverSettings(environment?: Environment): Promise<ArchiverConfiguration> {
  const store = await archiveStores[chosenProvider(environment)]();
  return { settings: loadSettings([...always, store.settingsClass], environment), store };
}

/** Before all settings are read, since it decides which there are; a wrong value is reported with all other problems. */
function chosenProvider(environment: Environment | undefined): StorageProvider {
  try {
    return loadSettings([StorageProviderSettings], environment).get(StorageProviderSettings).STORAGE_PROVIDER;
  } catch (error) {
    if (error instanceof SettingsError) return 'local';
    throw error;
  }
}
