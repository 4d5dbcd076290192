import { IsDuration, loadSettings, Setting, type Settings, withDefaults } from '@scorekeep/platform/util-config';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { HttpSettings } from '@scorekeep/platform/adapter-http';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { LoggingSettings } from '@scorekeep/platform/util-logging';
import { CatalogueSettings } from '@scorekeep/core/adapter-catalogue';
import { AggDetailsSettings, LayoutSettings } from '@scorekeep/core/adapter-cassandra';
import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';

export class IngestSettings {
  @Setting('true: an attempt with answers to more questions than its content has goes to the failed topic')
  @IsBoolean()
  ASSESSMENT_SKIP_MISSING_RECORDS: boolean = false;

  @Setting('most answers (elements of events) in one message; a longer one goes to the failed topic')
  @IsInt()
  @Min(1)
  @Max(20_000)
  ASSESSMENT_EVENTS_MAX: number = defaultAssessLimits.maxAnswers;

  @Setting('most bytes of one message, uncompressed; a larger one goes to the failed topic')
  @IsInt()
  @Min(1_024)
  @Max(8_388_608)
  ASSESSMENT_MESSAGE_MAX_BYTES: number = defaultAssessLimits.maxBytes;

  @Setting('most attempts of one learner in one course and batch; a further one goes to the failed topic')
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  ATTEMPTS_PER_LEARNER_MAX: number = 10_000;

  @Setting('how often a line says what was ingested and what is left; 0: never')
  @IsDuration()
  INGEST_LOG_INTERVAL: string = '60s';
}

export const ingestSettings = [
  CassandraSettings,
  KafkaSettings,
  CatalogueSettings,
  LayoutSettings,
  AggDetailsSettings,
  IngestSettings,
  withDefaults(HttpSettings, { HTTP_PORT: 3001 }),
  LoggingSettings,
];

/** @throws SettingsError with every problem */
export const loadIngestSettings = (): Settings => loadSettings(ingestSettings);
