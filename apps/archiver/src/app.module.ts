import { type DynamicModule } from '@nestjs/common';
import { FeatureArchiveModule } from '@scorekeep/archival/feature-archive';
import { appVersion } from '@scorekeep/platform/util-cli';
import { AdaptersModule } from './adapters.module';
import { loadArchiverSettings } from './archiver.settings';

/** The app: its features and their adapters. */
export class AppModule {
  /** @throws SettingsError */
  static async load(): Promise<DynamicModule> {
    const adapters = AdaptersModule.with(await loadArchiverSettings(), appVersion(__filename));
    return { module: AppModule, imports: [FeatureArchiveModule.with([adapters])] };
  }
}
