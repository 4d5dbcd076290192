import { type ConfigurationWithStore, loadSettingsWithStore } from '@scorekeep/core/adapter-archive-store';
import { LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { CatalogueSettings } from '@scorekeep/core/adapter-catalogue';
import { ProgressSettings } from '@scorekeep/exhaust/feature-progress';
import { ExhaustSettings } from '@scorekeep/exhaust/feature-response';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type Environment } from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';

export const exhaustSettings = [
  CassandraSettings,
  LayoutSettings,
  CatalogueSettings,
  ExhaustSettings,
  ProgressSettings,
  LoggingSettings,
];

/** @throws SettingsError with every problem */
export const loadExhaustSettings = (environment?: Environment): Promise<ConfigurationWithStore> =>
  loadSettingsWithStore(exhaustSettings, environment);
