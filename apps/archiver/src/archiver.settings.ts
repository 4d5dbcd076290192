import { ArchiveSettings } from '@scorekeep/archival/feature-archive';
import { type ConfigurationWithStore, loadSettingsWithStore } from '@scorekeep/core/adapter-archive-store';
import { AggDetailsSettings, LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type Environment } from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';

export const archiverSettings = [
  CassandraSettings,
  LayoutSettings,
  AggDetailsSettings,
  ArchiveSettings,
  LoggingSettings,
];

/** @throws SettingsError with every problem */
export const loadArchiverSettings = (environment?: Environment): Promise<ConfigurationWithStore> =>
  loadSettingsWithStore(archiverSettings, environment);
