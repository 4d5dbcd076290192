import { Injectable } from '@nestjs/common';
import { UsageError } from '@scorekeep/platform/util-cli';
import { ArchiveOptions } from '../archive-options';
import { KnownBatches } from '../known-batches';
import { type ArchiveRequest } from '../plan-archive.use-case';
import { type BatchSelection } from '../selection/batch-selection';
import { type RecordedWeeksRequest } from '../selection/week-selection';
import { batchesOf, periodOf, recordedWeeksOf, type WeekOptions } from './week-options';
import { WeekRuns } from './week-runs';

/** Understands what a command was asked for, then connects, then looks whether the batches that it names are known. */
@Injectable()
export class WantedWeeks {
  constructor(
    private readonly knownBatches: KnownBatches,
    private readonly runs: WeekRuns,
    private readonly options: ArchiveOptions,
  ) {}

  /** @throws UsageError; CASSANDRA.*, STORAGE.* */
  async toArchive(asked: WeekOptions): Promise<ArchiveRequest> {
    const batches = await batchesOf(asked);
    const period = periodOf(asked, this.options.nowMs(), this.options.graceMs);
    await this.openFor(batches);
    const format = asked.format === 'parquet' ? 'parquet' : 'csv.gz';
    return { period, format, force: asked.force ?? false, ...(batches ? { batches } : {}) };
  }

  /** Weeks that were recorded; without a period, every one. @throws UsageError; CASSANDRA.*, STORAGE.* */
  async recorded(asked: WeekOptions): Promise<RecordedWeeksRequest> {
    const request = await recordedWeeksOf(asked, this.options);
    await this.openFor(request.batches);
    return request;
  }

  private async openFor(batches: readonly BatchSelection[] | undefined): Promise<void> {
    await this.runs.open();
    const unknown = batches ? await this.knownBatches.unknown(batches) : [];
    if (unknown.length === 0) return;
    const lines = unknown.map((id) => `batch ${id} is unknown: no row of it is in the table, and nothing is archived`);
    throw new UsageError(['nothing was started:', ...lines].join('\n  '));
  }
}
