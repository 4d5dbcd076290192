import { type DynamicModule, Module } from '@nestjs/common';
import { FeatureSchemaModule } from '@scorekeep/migration/feature-schema';
import { loadSettings } from '@scorekeep/platform/util-config';
import { AdaptersModule } from './adapters.module';
import { migratorSettings } from './migrator.settings';

/** Every setting of the app. */

/** The app: its features and their adapters. */
@Module({})
export class AppModule {
  /** @throws SettingsError with every problem */
  static load(): DynamicModule {
    const adapters = AdaptersModule.with(loadSettings(migratorSettings));
    return { module: AppModule, imports: [FeatureSchemaModule.with([adapters])] };
  }
}
