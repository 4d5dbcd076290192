import { type Dataset, type ReportProducer } from '@scorekeep/core/domain-exhaust';
import { AppError } from '@scorekeep/platform/util-errors';

/** The producers of all datasets. */
export class ReportProducers {
  constructor(private readonly producers: readonly ReportProducer[]) {}

  of(dataset: Dataset): ReportProducer {
    const found = this.producers.find((producer) => producer.dataset === dataset);
    if (!found) throw new AppError('EXHAUST.NO_PRODUCER', `nothing here makes ${dataset}`);
    return found;
  }
}
