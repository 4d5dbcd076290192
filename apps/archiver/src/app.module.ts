import { type DynamicModule } from '@nestjs/common';
import { FeatureArchiveModule } from '@scorekeep/archival/feature-archive';
import { AdaptersModule } from './adapters.module';
import { loadArchiverSettings } from './archiver.settings';
import { toolVersion } from './tool-version';

/** The app: its features and their adapters. */
export class AppModule {
  /** @throws SettingsError */
  static async load(): Promise<DynamicModule> {
    const adapters = AdaptersModule.with(await loadArchiverSettings(), toolVersion());
    return { module: AppModule, imports: [FeatureArchiveModule.with([adapters])] };
  }
}
