import { loadSettings, Setting, type Settings, withDefaults } from '@scorekeep/platform/util-config';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { HttpSettings } from '@scorekeep/platform/adapter-http';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { LoggingSettings } from '@scorekeep/platform/util-logging';
import { CatalogueSettings } from '@scorekeep/core/adapter-catalogue';
import { LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { IsInt, IsTimeZone, Max, Min } from 'class-validator';

export class IngestSettings {
  @Setting('most attempts of one learner in one course and batch; a further one goes to the failed topic')
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  ATTEMPTS_PER_LEARNER_MAX: number = 10_000;

  @Setting("zone of the times in the reference's agg_details, an IANA name")
  @IsTimeZone()
  AGG_DETAILS_TIME_ZONE: string = 'UTC';
}

export const ingestSettings = [
  CassandraSettings,
  KafkaSettings,
  CatalogueSettings,
  LayoutSettings,
  IngestSettings,
  withDefaults(HttpSettings, { HTTP_PORT: 3001 }),
  LoggingSettings,
];

/** @throws SettingsError with every problem */
export const loadIngestSettings = (): Settings => loadSettings(ingestSettings);
