import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ReportSink } from '@scorekeep/core/domain-exhaust';
import { FileReportSink } from './file-report-sink';
import { LearnerChoice } from './learner-choice';
import { ProduceResponseReport } from './produce-response-report.use-case';
import { ResponseCommand } from './response.command';
import { ResponseReports } from './response-reports';

/** The command and everything between it and the ports. */
export class FeatureResponseModule {
  /**
   * @param adapters modules that export `AttemptsOfBatch` (made of `BatchAttempts`, `ArchiveReader`, `ArchivalLedger` and
   *   the partition's token), `Enrolments`, `LearnerProfiles`, `ReportNaming`, `ByteStreams` and `ExhaustSettings`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureResponseModule,
      imports: adapters,
      providers: [
        { provide: ReportSink, useClass: FileReportSink },
        LearnerChoice,
        ResponseReports,
        ProduceResponseReport,
        ResponseCommand,
      ],
      exports: [ResponseReports],
    };
  }
}
