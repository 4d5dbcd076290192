import { type ConfigurationWithStore, loadSettingsWithStore } from '@scorekeep/core/adapter-archive-store';
import { RequestsSettings } from '@scorekeep/exhaust/feature-requests';
import { AuthSettings } from '@scorekeep/platform/adapter-auth';
import { HttpLimitSettings, HttpSettings } from '@scorekeep/platform/adapter-http';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { RateLimitSettings } from '@scorekeep/platform/adapter-rate-limit';
import { type Environment, withDefaults } from '@scorekeep/platform/util-config';
import { exhaustSettings } from './exhaust-app.settings';

/** Of the services; the commands need fewer. */
export const exhaustServiceSettings = [
  ...exhaustSettings,
  KafkaSettings,
  RequestsSettings,
  withDefaults(HttpSettings, { HTTP_PORT: 3003 }),
  HttpLimitSettings,
  AuthSettings,
  RateLimitSettings,
];

/** @throws SettingsError with every problem */
export const loadExhaustServiceSettings = (environment?: Environment): Promise<ConfigurationWithStore> =>
  loadSettingsWithStore(exhaustServiceSettings, environment);
