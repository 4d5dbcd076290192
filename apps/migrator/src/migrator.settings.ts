import { type ConfigurationWithStore, loadSettingsWithStore } from '@scorekeep/core/adapter-archive-store';
import { AggDetailsSettings, LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { TopicsSettings } from '@scorekeep/migration/feature-schema';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { type Environment } from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';

export const migratorSettings = [
  CassandraSettings,
  KafkaSettings,
  TopicsSettings,
  LayoutSettings,
  AggDetailsSettings,
  LoggingSettings,
];

/** @throws SettingsError with every problem */
export const loadMigratorSettings = (environment?: Environment): Promise<ConfigurationWithStore> =>
  loadSettingsWithStore(migratorSettings, environment);
