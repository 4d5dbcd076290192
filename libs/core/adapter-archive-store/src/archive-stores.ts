import { type ArchiveStorage, NoSignedUrls, type SignedUrls } from '@scorekeep/platform/domain-storage';
import { type Settings, type SettingsClass } from '@scorekeep/platform/util-config';

/** A store and the settings it needs. */
export interface ArchiveStore {
  readonly settingsClass: SettingsClass<object>;
  readonly open: (settings: Settings) => ArchiveStorage;
  /** Links to its objects. */
  readonly signedUrls: (settings: Settings) => SignedUrls;
}

/** By STORAGE_PROVIDER. Loaded when they are chosen: an SDK takes a while to load. */
export const archiveStores = {
  local: async (): Promise<ArchiveStore> => {
    const { LocalArchiveStorage, LocalStorageSettings } = await import('@scorekeep/platform/adapter-storage-local');
    return {
      settingsClass: LocalStorageSettings,
      open: (settings) => new LocalArchiveStorage(settings.get(LocalStorageSettings)),
      signedUrls: () => new NoSignedUrls(),
    };
  },
  s3: async (): Promise<ArchiveStore> => {
    const { S3ArchiveStorage, S3SignedUrls, S3StorageSettings } = await import(
      '@scorekeep/platform/adapter-storage-s3'
    );
    return {
      settingsClass: S3StorageSettings,
      open: (settings) => new S3ArchiveStorage(settings.get(S3StorageSettings)),
      signedUrls: (settings) => new S3SignedUrls(settings.get(S3StorageSettings)),
    };
  },
  azure: async (): Promise<ArchiveStore> => {
    const { AzureArchiveStorage, AzureSignedUrls, AzureStorageSettings } = await import(
      '@scorekeep/platform/adapter-storage-azure'
    );
    return {
      settingsClass: AzureStorageSettings,
      open: (settings) => new AzureArchiveStorage(settings.get(AzureStorageSettings)),
      signedUrls: (settings) => new AzureSignedUrls(settings.get(AzureStorageSettings)),
    };
  },
  gcs: async (): Promise<ArchiveStore> => {
    const { GcsArchiveStorage, GcsSignedUrls, GcsStorageSettings } = await import(
      '@scorekeep/platform/adapter-storage-gcs'
    );
    return {
      settingsClass: GcsStorageSettings,
      open: (settings) => new GcsArchiveStorage(settings.get(GcsStorageSettings)),
      signedUrls: (settings) => new GcsSignedUrls(settings.get(GcsStorageSettings)),
    };
  },
} as const;

export type StorageProvider = keyof typeof archiveStores;
