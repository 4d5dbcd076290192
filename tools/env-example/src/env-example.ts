import 'reflect-metadata';
import { archiverSettings } from '../../../apps/archiver/src/archiver.settings';
import { contentStateSettings } from '../../../apps/content-state-api/src/content-state.settings';
import { exhaustServiceSettings } from '../../../apps/exhaust/src/exhaust-service.settings';
import { ingestSettings } from '../../../apps/ingest/src/ingest.settings';
import { migratorSettings } from '../../../apps/migrator/src/migrator.settings';
import { ArchiveLocationSettings } from '@scorekeep/core/adapter-archive-store';
import { AzureStorageSettings } from '@scorekeep/platform/adapter-storage-azure';
import { GcsStorageSettings } from '@scorekeep/platform/adapter-storage-gcs';
import { LocalStorageSettings } from '@scorekeep/platform/adapter-storage-local';
import { S3StorageSettings } from '@scorekeep/platform/adapter-storage-s3';
import { renderEnvExample, type SettingsSection } from '@scorekeep/platform/util-config';

/** Settings that sections share are listed in the first of them. */
const sections: readonly SettingsSection[] = [
  { title: 'ingest and common', settings: ingestSettings },
  { title: 'content-state-api', settings: contentStateSettings },
  { title: 'archiver and exhaust: where the archive lies', settings: [ArchiveLocationSettings] },
  { title: 'archiver', settings: archiverSettings },
  { title: 'exhaust', settings: exhaustServiceSettings },
  { title: 'migrator', settings: migratorSettings },
  { title: 'object storage: local', settings: [LocalStorageSettings] },
  { title: 'object storage: S3', settings: [S3StorageSettings] },
  { title: 'object storage: Azure', settings: [AzureStorageSettings] },
  { title: 'object storage: Google', settings: [GcsStorageSettings] },
];

/** The text of `.env.example`. */
export const envExample = (): string => renderEnvExample(sections);
