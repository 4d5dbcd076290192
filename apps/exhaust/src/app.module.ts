import { type DynamicModule } from '@nestjs/common';
import { FeatureCommandModule } from '@scorekeep/exhaust/feature-command';
import { AdaptersModule } from './adapters.module';
import { loadExhaustSettings } from './exhaust-app.settings';
import { ProducersModule } from './producers.module';

/** The app's commands: its features and their adapters. */
export class AppModule {
  /** @throws SettingsError */
  static async load(): Promise<DynamicModule> {
    const producers = ProducersModule.with(AdaptersModule.with(await loadExhaustSettings()));
    return { module: AppModule, imports: [FeatureCommandModule.with([producers])] };
  }
}
