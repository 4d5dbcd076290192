import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { IdentifyRequester } from './identity/identify-requester.use-case';
import { DownloadController } from './links/download.controller';
import { OpenDownload } from './links/open-download.use-case';
import { ReportLinks } from './links/report-links';
import { OpenPlaces } from './open/open-places';
import { FindReports } from './read/find-reports.use-case';
import { ReportsController } from './reports.controller';
import { AnnounceRequest } from './submit/announce-request.use-case';
import { CheckBatches } from './submit/check-batches.use-case';
import { SubmitReports } from './submit/submit-reports.use-case';

/** Requests for reports over HTTP. */
export class FeatureRequestsModule {
  /**
   * @param adapters modules that export `RequestLedger`, `OpenRequests`, `DownloadLog`, `BatchOwnership`, `LearnerProfiles`,
   *   `ArchiveStorage`, `SignedUrls`, `MessagePublisher`, `PasswordVault`, `RequestMonitor` and `RequestOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const providers = [AnnounceRequest, CheckBatches, FindReports, IdentifyRequester, OpenDownload, OpenPlaces];
    return {
      module: FeatureRequestsModule,
      imports: adapters,
      controllers: [ReportsController, DownloadController],
      providers: [...providers, ReportLinks, SubmitReports],
    };
  }
}
