import { type DynamicModule } from '@nestjs/common';
import { FeatureResponseModule } from '@scorekeep/exhaust/feature-response';
import { AdaptersModule } from './adapters.module';
import { loadExhaustSettings } from './exhaust-app.settings';

/** The app: its features and their adapters. */
export class AppModule {
  /** @throws SettingsError */
  static async load(): Promise<DynamicModule> {
    const adapters = AdaptersModule.with(await loadExhaustSettings());
    return { module: AppModule, imports: [FeatureResponseModule.with([adapters])] };
  }
}
