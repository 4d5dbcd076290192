import { type DynamicModule } from '@nestjs/common';
import { FeatureDataModule } from '@scorekeep/migration/feature-data';
import { FeatureSchemaModule } from '@scorekeep/migration/feature-schema';
import { AdaptersModule } from './adapters.module';
import { DataAdaptersModule } from './data-adapters.module';
import { loadMigratorSettings } from './migrator.settings';

/** The app: its features and their adapters. */
export class AppModule {
  /** @throws SettingsError with every problem */
  static async load(): Promise<DynamicModule> {
    const configuration = await loadMigratorSettings();
    return {
      module: AppModule,
      imports: [
        FeatureSchemaModule.with([AdaptersModule.with(configuration.settings)]),
        FeatureDataModule.with([DataAdaptersModule.with(configuration)]),
      ],
    };
  }
}
