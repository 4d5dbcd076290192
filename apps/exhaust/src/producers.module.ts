import { type DynamicModule, Module } from '@nestjs/common';
import { ReportProducers } from '@scorekeep/core/domain-exhaust';
import { FeatureProgressModule, ProduceProgressReport } from '@scorekeep/exhaust/feature-progress';
import { FeatureResponseModule, ProduceResponseReport } from '@scorekeep/exhaust/feature-response';

/** Every report that can be produced, for commands and workers. */
@Module({})
export class ProducersModule {
  /** @param adapters exports what `reportPorts` gives */
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
