import { LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { ExhaustSettings } from '@scorekeep/exhaust/feature-response';
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
import { IsIn, Matches } from 'class-validator';
import { type ArchiveStore, archiveStores, type StorageProvider } from './archive-stores';

const folder = String.raw`[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*`;

/** Where the archive lies. */
export class ArchiveLocationSettings {
  @Setting('what archived objects are kept in: local or s3')
  @IsIn(Object.keys(archiveStores))
  STORAGE_PROVIDER: StorageProvider = 'local';

  @Setting('what the keys of all archived objects begin with: folders separated by /')
  @Matches(new RegExp(`^${folder}(/${folder})*$`), {
    message: 'ARCHIVE_PREFIX must be folder names of letters, digits, ".", "_" or "-", separated by "/"',
  })
  ARCHIVE_PREFIX: string = 'archival';
}

const always: SettingsClass<object>[] = [
  CassandraSettings,
  LayoutSettings,
  ArchiveLocationSettings,
  ExhaustSettings,
  LoggingSettings,
];

export interface ExhaustConfiguration {
  readonly settings: Settings;
  /** The one that the settings choose. */
  readonly store: ArchiveStore;
}

/** Reads the settings of the app and of the store that they choose. @throws SettingsError with every problem */
export async function loadExhaustSettings(environment?: Environment): Promise<ExhaustConfiguration> {
  const store = await archiveStores[chosenProvider(environment)]();
  return { settings: loadSettings([...always, store.settingsClass], environment), store };
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
