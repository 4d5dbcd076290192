import { AppError } from '@scorekeep/platform/util-errors';
import { type Dataset } from './dataset';
import { exhaustErrorCodes } from './exhaust.errors';
import { type ReportProducer } from './report-producer.port';

/** The producers of an app. */
export class ReportProducers {
  constructor(private readonly producers: readonly ReportProducer[]) {}

  /** @throws EXHAUST.NO_PRODUCER */
  of(dataset: Dataset): ReportProducer {
    const found = this.producers.find((producer) => producer.dataset === dataset);
    if (!found) throw new AppError(exhaustErrorCodes.noProducer, `nothing here makes ${dataset}`);
    return found;
  }
}
