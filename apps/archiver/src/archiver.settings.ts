import { ArchiveSettings } from '@scorekeep/archival/feature-archive';
import { type ConfigurationWithStore, loadSettingsWithStore } from '@scorekeep/core/adapter-archive-store';
import { AggDetailsSettings, LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { HttpSettings } from '@scorekeep/platform/adapter-http';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { type Environment, withDefaults } from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';
import { ScheduleSettings } from './schedule.settings';

/** Of every command. */
const commandSettings = [CassandraSettings, LayoutSettings, AggDetailsSettings, ArchiveSettings, LoggingSettings];

/** Of `serve`, and so of the app. */
export const archiverSettings = [
  ...commandSettings,
  KafkaSettings,
  ScheduleSettings,
  withDefaults(HttpSettings, { HTTP_PORT: 3004 }),
];

/** @throws SettingsError with every problem */
export const loadArchiverSettings = (environment?: Environment): Promise<ConfigurationWithStore> =>
  loadSettingsWithStore(commandSettings, environment);

/** @throws SettingsError with every problem */
export const loadArchiverServiceSettings = (environment?: Environment): Promise<ConfigurationWithStore> =>
  loadSettingsWithStore(archiverSettings, environment);
