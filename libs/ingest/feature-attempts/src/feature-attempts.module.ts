import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { AssessBatchHandler } from './assess-batch.handler';
import { AssessController } from './assess.controller';
import { CheckContent } from './check-content.use-case';
import { RecordAttempts } from './record-attempts.use-case';
import { RequestCertificate } from './request-certificate.use-case';

/** Everything between a record of the assess topic and the ports. */
export class FeatureAttemptsModule {
  /** @param adapters modules that export `ScoreBook`, `AttemptRows`, `CourseCatalogue`, `MessagePublisher` and `IngestOptions` */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureAttemptsModule,
      imports: adapters,
      controllers: [AssessController],
      providers: [CheckContent, RecordAttempts, RequestCertificate, AssessBatchHandler],
    };
  }
}
