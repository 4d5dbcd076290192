import { type DynamicModule, Module } from '@nestjs/common';
import { ReportProducers } from '@scorekeep/core/domain-exhaust';
import { FeatureCommandModule } from '@scorekeep/exhaust/feature-command';
import { FeatureProgressModule, ProduceProgressReport } from '@scorekeep/exhaust/feature-progress';
import { FeatureResponseModule, ProduceResponseReport } from '@scorekeep/exhaust/feature-response';
import { AdaptersModule } from './adapters.module';
import { loadExhaustSettings } from './exhaust-app.settings';

/** Every report that can be produced. */
@Module({})
class ProducersModule {
  static with(adapters: DynamicModule): DynamicModule {
    return {
      module: ProducersModule,
      imports: [FeatureResponseModule.with([adapters]), FeatureProgressModule.with([adapters])],
      providers: [
        {
          provide: ReportProducers,
          inject: [ProduceResponseReport, ProduceProgressReport],
          useFactory: (response: ProduceResponseReport, progress: ProduceProgressReport) =>
            new ReportProducers([response, progress]),
        },
      ],
      exports: [ReportProducers],
    };
  }
}

/** The app: its features and their adapters. */
export class AppModule {
  /** @throws SettingsError */
  static async load(): Promise<DynamicModule> {
    const producers = ProducersModule.with(AdaptersModule.with(await loadExhaustSettings()));
    return { module: AppModule, imports: [FeatureCommandModule.with([producers])] };
  }
}
