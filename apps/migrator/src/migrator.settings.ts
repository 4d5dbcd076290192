import { TopicsSettings } from '@scorekeep/migration/feature-schema';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { LoggingSettings } from '@scorekeep/platform/util-logging';

export const migratorSettings = [CassandraSettings, KafkaSettings, TopicsSettings, LoggingSettings];
