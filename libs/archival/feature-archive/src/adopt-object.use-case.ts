import { Injectable } from '@nestjs/common';
import {
  adoptedWriteTimesKey,
  archiveColumns,
  type BatchWeek,
  type ForeignObject,
  type Manifest,
  manifestKey,
  type ManifestObject,
  markArchived,
  publishManifest,
  readForeignObject,
  takeLease,
  withUnknownWriteTimes,
} from '@scorekeep/core/domain-archive';
import { ArchiveStorage, ByteStreams } from '@scorekeep/platform/domain-storage';
import { ArchiveOptions } from './archive-options';
import { claimOf } from './ledger/archival-claim';
import { WeekLedger } from './ledger/week-ledger';
import { type WeekLease } from './ledger/week-lease';
import { type BusyWeek, failedWeek, type FailedWeek } from './ledger/week-outcome';
import { WeekRows } from './rows/week-rows';

/** How a run adopts. */
export interface AdoptRun {
  /** What was asked for, as text; recorded. */
  readonly request: string;
  /** Which batches were asked for, by the rows of the object. */
  readonly isWanted: (batchWeek: BatchWeek) => boolean;
  /** Reads in full, and writes nothing. */
  readonly dryRun?: boolean;
}

export type AdoptOutcome =
  | { readonly kind: 'adopted' | 'adoptable'; readonly batchWeek: BatchWeek; readonly rows: number }
  /** Its rows are of a batch that was not asked for. */
  | { readonly kind: 'unwanted' }
  | BusyWeek
  | FailedWeek;

/**
 * Takes an object that the reference wrote into the archive: reads it to its end and writes a manifest that says what
 * was read. The object itself stays as it is. Safe to repeat, and to be killed at any point.
 */
@Injectable()
export class AdoptObject {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly streams: ByteStreams,
    private readonly weekRows: WeekRows,
    private readonly weeks: WeekLedger,
    private readonly options: ArchiveOptions,
  ) {}

  async execute(key: string, run: AdoptRun): Promise<AdoptOutcome> {
    const stores = { storage: this.storage, streams: this.streams };
    try {
      const found = await readForeignObject(stores, key);
      const { batchWeek } = found;
      if (!run.isWanted(batchWeek)) return { kind: 'unwanted' };
      if (run.dryRun) return { kind: 'adoptable', batchWeek, rows: found.object.rows };
      const busy = this.weeks.busy(await this.weeks.find(batchWeek));
      if (busy) return busy;
      return await this.weeks.work(
        batchWeek,
        (stored, terms) => takeLease(stored, claimOf(batchWeek, stored, run), terms),
        (lease) => this.adopt(found, lease),
      );
    } catch (thrown) {
      return failedWeek(thrown);
    }
  }

  /**
   * The rows' object is not recorded: readers take a recorded object without a manifest for unfinished, and this one
   * counts with and without.
   */
  private async adopt(found: ForeignObject, lease: WeekLease): Promise<AdoptOutcome> {
    const { batchWeek, object } = found;
    const published = await this.weekRows.manifests(batchWeek);
    const stores = { storage: this.storage, streams: this.streams };
    const writeTimesKey = adoptedWriteTimesKey(object.key, this.options.nowMs());
    await lease.recordObject(writeTimesKey);
    const complete = await withUnknownWriteTimes(stores, object, writeTimesKey);
    const iteration = published.reduce((highest, manifest) => Math.max(highest, manifest.iteration), 0) + 1;
    await lease.assertHeld();
    const manifest = await publishManifest(this.storage, this.manifestOf(found, complete, iteration));
    await lease.end((stored, holder) => markArchived(stored, [...published, manifest], holder));
    return { kind: 'adopted', batchWeek, rows: object.rows };
  }

  private manifestOf(found: ForeignObject, object: ManifestObject, iteration: number): Manifest {
    const { prefix, table, layout, toolVersion, nowMs } = this.options;
    const { batchWeek, minUpdatedOnMs, maxUpdatedOnMs } = found;
    return {
      formatVersion: 1,
      key: manifestKey(prefix, batchWeek, iteration),
      ...batchWeek,
      ...{ iteration, table, layout, toolVersion, minUpdatedOnMs, maxUpdatedOnMs },
      format: 'csv.gz',
      columns: archiveColumns,
      rows: object.rows,
      objects: [object],
      maxWriteTimeUs: 0n,
      createdOnMs: nowMs(),
      origin: 'reference',
    };
  }
}
