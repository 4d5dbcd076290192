import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ReportSink } from '@scorekeep/core/domain-exhaust';
import { FileReportSink } from './file-report-sink';
import { ProgressCommand } from './progress.command';
import { ResponseCommand } from './response.command';

/** The commands and the files that they write. */
export class FeatureCommandModule {
  /** @param producers modules that export `ReportProducers` */
  static with(producers: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureCommandModule,
      imports: producers,
      providers: [{ provide: ReportSink, useClass: FileReportSink }, ResponseCommand, ProgressCommand],
    };
  }
}
