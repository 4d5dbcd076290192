import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { AdmitRecord } from './admit-record.use-case';
import { AssessBatchHandler } from './assess-batch.handler';
import { AssessController } from './assess.controller';
import { CheckContent } from './check-content.use-case';
import { ProbeNeighbour } from './probe-neighbour.use-case';
import { RecordAttempts } from './record-attempts.use-case';
import { RequestCertificate } from './request-certificate.use-case';

/** Everything between a record of the assess topic and the ports. */
export class FeatureAttemptsModule {
  /**
   * @param adapters modules that export `ScoreBook`, `AttemptRows`, `CourseCatalogue`, `MessagePublisher`, `OutcomeMonitor`,
   *   `RecordReader`,
   *   `IngestOptions` and `AdmissionOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureAttemptsModule,
      imports: adapters,
      controllers: [AssessController],
      providers: [CheckContent, AdmitRecord, RecordAttempts, RequestCertificate, ProbeNeighbour, AssessBatchHandler],
    };
  }
}
