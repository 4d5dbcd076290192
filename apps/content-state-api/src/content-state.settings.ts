import { IsInt, IsTimeZone, Max, Min } from 'class-validator';
import { AggDetailsSettings, LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { AuthSettings } from '@scorekeep/platform/adapter-auth';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { HttpLimitSettings, HttpSettings } from '@scorekeep/platform/adapter-http';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { RateLimitSettings } from '@scorekeep/platform/adapter-rate-limit';
import { type Environment, loadSettings, Setting, type Settings, withDefaults } from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';

export class ContentStateSettings {
  @Setting('zone of the dates in answers, an IANA name')
  @IsTimeZone()
  API_TIME_ZONE: string = 'UTC';

  @Setting('most attempts listed per content')
  @IsInt()
  @Min(1)
  @Max(1_000)
  API_ATTEMPTS_LISTED_MAX: number = 25;
}

export const contentStateSettings = [
  CassandraSettings,
  KafkaSettings,
  LayoutSettings,
  AggDetailsSettings,
  ContentStateSettings,
  withDefaults(HttpSettings, { HTTP_PORT: 3002 }),
  HttpLimitSettings,
  AuthSettings,
  RateLimitSettings,
  LoggingSettings,
];

/** @throws SettingsError with every problem */
export const loadContentStateSettings = (environment?: Environment): Settings =>
  loadSettings(contentStateSettings, environment);
