import { Injectable } from '@nestjs/common';
import { type ReportFile, ReportProducers, type ReportRequest, type RunProgress } from '@scorekeep/core/domain-exhaust';
import { OrderReports } from './order-reports.use-case';
import { ReportStore } from './report-store';

/** Who waits for the files of a run. */
export interface RunWatcher {
  /** Aborted: the run is called off. */
  readonly signal: AbortSignal;
  advanced(progress: RunProgress): void;
}

/** Makes all files of one run, a batch after the other. */
@Injectable()
export class ProduceFiles {
  constructor(
    private readonly orders: OrderReports,
    private readonly producers: ReportProducers,
    private readonly store: ReportStore,
  ) {}

  /** @throws what a producer throws; then nothing of the run is left, as far as the store lets us */
  async execute(request: ReportRequest, watcher: RunWatcher): Promise<ReportFile[]> {
    const files: ReportFile[] = [];
    try {
      for (const batchId of request.batchIds) files.push(await this.produce(request, batchId, files, watcher));
      watcher.signal.throwIfAborted();
      return files;
    } catch (error) {
      await this.store.discard(files.map(({ key }) => key));
      throw error;
    }
  }

  private async produce(
    request: ReportRequest,
    batchId: string,
    before: readonly ReportFile[],
    watcher: RunWatcher,
  ): Promise<ReportFile> {
    const order = await this.orders.execute(request, batchId);
    const target = this.store.targetOf(request, batchId);
    const rowsBefore = before.reduce((sum, file) => sum + file.rows, 0);
    const progressAt = (percent: number, rows: number): RunProgress => ({
      percent: Math.floor((before.length * 100 + percent) / request.batchIds.length),
      rows: rowsBefore + rows,
    });
    watcher.advanced(progressAt(0, 0));
    const { rows } = await this.producers.of(request.dataset).produce(order, target, {
      signal: watcher.signal,
      advanced: (percent, written) => watcher.advanced(progressAt(percent, written)),
      restarted: () => watcher.advanced(progressAt(0, 0)),
    });
    return { batchId, key: target.name, bytes: await this.store.bytesOf(target.name), rows };
  }
}
