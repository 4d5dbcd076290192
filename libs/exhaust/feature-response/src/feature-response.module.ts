import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ProduceResponseReport } from './produce-response-report.use-case';

/** The response report: the producer between the ports. */
export class FeatureResponseModule {
  /**
   * @param adapters modules that export `AttemptsOfBatch` (made of `BatchAttempts`, `ArchiveReader`, `ArchivalLedger` and
   *   the partition's token), `ReportLearners`, `ReportNaming`, `ReportEncoder` and `ExhaustSettings`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureResponseModule,
      imports: adapters,
      providers: [ProduceResponseReport],
      exports: [ProduceResponseReport],
    };
  }
}
