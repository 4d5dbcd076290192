import { type DynamicModule, Module } from '@nestjs/common';
import { FeatureSchemaModule, TopicsSettings } from '@scorekeep/migration/feature-schema';
import { CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { KafkaSettings } from '@scorekeep/platform/adapter-kafka';
import { loadSettings } from '@scorekeep/platform/util-config';
import { LoggingSettings } from '@scorekeep/platform/util-logging';
import { AdaptersModule } from './adapters.module';

/** Every setting of the app. */
export const migratorSettings = [CassandraSettings, KafkaSettings, TopicsSettings, LoggingSettings];

/** The app: its features and their adapters. */
@Module({})
export class AppModule {
  /** @throws SettingsError with every problem */
  static load(): DynamicModule {
    const adapters = AdaptersModule.with(loadSettings(migratorSettings));
    return { module: AppModule, imports: [FeatureSchemaModule.with([adapters])] };
  }
}
