import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { OpenPlaces } from './open/open-places';
import { OrderReports } from './work/order-reports.use-case';
import { ProcessRequest } from './work/process-request.use-case';
import { ProduceFiles } from './work/produce-files.use-case';
import { ReportStore } from './work/report-store';
import { RequestTopicController } from './work/request-topic.controller';
import { RequestWorker } from './work/request-worker';

/** The worker on requests for reports, and its edge to Kafka. Whoever starts it calls `RequestWorker.start` and `stop`. */
export class FeatureWorkModule {
  /**
   * @param adapters modules that export `RequestLedger`, `OpenRequests`, `BatchOwnership`, `ArchiveStorage`, `ZipEncryption`,
   *   `PasswordVault`, `ReportProducers`, `RequestMonitor` and `WorkOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureWorkModule,
      imports: adapters,
      controllers: [RequestTopicController],
      providers: [OpenPlaces, OrderReports, ProcessRequest, ProduceFiles, ReportStore, RequestWorker],
    };
  }
}
