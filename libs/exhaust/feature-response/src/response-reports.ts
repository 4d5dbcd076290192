import { Injectable } from '@nestjs/common';
import {
  ReportNaming,
  type ReportOrder,
  ReportProducer,
  type ReportTarget,
  type ReportWatcher,
} from '@scorekeep/core/domain-exhaust';
import { ByteStreams } from '@scorekeep/platform/domain-storage';
import { AttemptsOfBatch } from './attempts-of-batch';
import { ExhaustSettings, responseFormat } from './exhaust.settings';
import { LearnerChoice } from './learner-choice';
import { ProduceResponseReport, type ResponseReport } from './produce-response-report.use-case';
import { unknownFormat } from './response.errors';

/** `response-exhaust`, wherever it goes. */
@Injectable()
export class ResponseReports extends ReportProducer {
  override readonly dataset = 'response-exhaust';

  constructor(
    private readonly attempts: AttemptsOfBatch,
    private readonly choice: LearnerChoice,
    private readonly naming: ReportNaming,
    private readonly streams: ByteStreams,
    private readonly settings: ExhaustSettings,
  ) {
    super();
  }

  override async produce(order: ReportOrder, target: ReportTarget, watcher: ReportWatcher): Promise<ResponseReport> {
    const { batchId, collectionId, format, includeUnenrolled, organisationId } = order;
    if (format === 'parquet') throw unknownFormat(format);
    const report = new ProduceResponseReport(this.attempts, this.choice, this.naming, this.streams, target.sink);
    return report.execute(
      {
        selection: { batchId, ...(collectionId === undefined ? {} : { collectionId }) },
        file: target.name,
        compressed: format === 'csv.gz',
        includeUnenrolled,
        ...(organisationId === undefined ? {} : { organisationId }),
        format: responseFormat(this.settings),
      },
      watcher,
    );
  }
}
