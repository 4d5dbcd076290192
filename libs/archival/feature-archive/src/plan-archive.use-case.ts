import { Injectable } from '@nestjs/common';
import {
  type ArchiveFormat,
  type ArchivalRecord,
  type ArchivePeriod,
  archivePlan,
  ArchiveReader,
  BatchAttempts,
  type Manifest,
  type PlannedWeek,
  tallyWeeks,
  type WeekTally,
} from '@scorekeep/core/domain-archive';
import { ArchivalRecords } from './archival-records';
import { ArchiveOptions } from './archive-options';
import { isEvidence } from './ledger/week-outcome';
import { batchIdsOf, type BatchSelection, isSelected } from './selection/batch-selection';
import { isInPeriod, sameWeek } from './selection/week-selection';

/** What is to be planned. */
export interface ArchiveRequest {
  readonly period: ArchivePeriod;
  /** Without it: every batch. */
  readonly batches?: readonly BatchSelection[];
  /** Also what is archived already. */
  readonly force?: boolean;
  /** How new objects are written; default csv.gz. */
  readonly format?: ArchiveFormat;
}

/** Finds the batches and weeks that need archiving. Changes nothing. */
@Injectable()
export class PlanArchive {
  constructor(
    private readonly attempts: BatchAttempts,
    private readonly reader: ArchiveReader,
    private readonly records: ArchivalRecords,
    private readonly options: ArchiveOptions,
  ) {}

  /** @returns in order of batch, collection, week @throws STORAGE.*, CASSANDRA.* */
  async execute({ period, batches, force = false }: ArchiveRequest): Promise<PlannedWeek[]> {
    const tallies = (await this.tallies(period, batches)).filter((tally) => isSelected(tally, batches));
    const records = await this.records.find(batches ? { batches } : {});
    const recorded = records.filter((record) => isInPeriod(record, period));
    const unfinished = recorded.filter((record) => isUnfinished(record, batches !== undefined));
    const inPeriod = tallies.filter((tally) => isInPeriod(tally, period));
    const manifests = await this.manifests([...inPeriod, ...(force ? recorded : unfinished)]);
    const { graceMs, nowMs } = this.options;
    const ofSelected = manifests.filter((manifest) => isSelected(manifest, batches));
    const rules = { period, nowMs: nowMs(), graceMs, force, named: batches !== undefined };
    const planned = archivePlan({ tallies, manifests: ofSelected, records, ...rules });
    return [...planned, ...leftovers(unfinished, planned, manifests)];
  }

  private async tallies(period: ArchivePeriod, batches?: readonly BatchSelection[]): Promise<WeekTally[]> {
    const updatedBeforeMs = period.beforeMs;
    if (batches === undefined) return tallyWeeks(this.attempts.summaries({ updatedBeforeMs }));
    const tallies: WeekTally[] = [];
    for (const batchId of batchIdsOf(batches)) {
      tallies.push(...(await tallyWeeks(this.attempts.summaries({ batchId, updatedBeforeMs }))));
    }
    return tallies;
  }

  private async manifests(weeks: readonly BatchSelection[]): Promise<Manifest[]> {
    const manifests: Manifest[] = [];
    for (const batchId of batchIdsOf(weeks)) manifests.push(...(await this.manifestsOf(batchId)));
    return manifests;
  }

  /** A batch with an unreadable manifest must not stop the others: its weeks are planned, and each fails for itself. */
  private async manifestsOf(batchId: string): Promise<Manifest[]> {
    try {
      return await this.reader.manifests(batchId);
    } catch (error) {
      if (isEvidence(error)) return [];
      throw error;
    }
  }
}

function isUnfinished({ archival }: ArchivalRecord, named: boolean): boolean {
  if (archival === 'RESTORED') return named;
  return archival === 'PENDING' || archival === 'FAILED' || archival === 'RUNNING';
}

/** Weeks whose archival was cut off and whose rows have all left for a later week since: only their records are to finish. */
function leftovers(
  unfinished: readonly ArchivalRecord[],
  planned: readonly PlannedWeek[],
  manifests: readonly Manifest[],
): PlannedWeek[] {
  return unfinished
    .filter((record) => !planned.some((each) => sameWeek(each, record)))
    .map((record) => {
      const { batchId, collectionId, week, archival } = record;
      const published = manifests.filter((manifest) => sameWeek(manifest, record)).map(({ iteration }) => iteration);
      const iteration = Math.max(0, ...published) + 1;
      return {
        batchId,
        collectionId,
        week,
        rows: 0,
        maxWriteTimeUs: 0n,
        iteration,
        reason: archival === 'RESTORED' ? 'restored' : 'unfinished',
      };
    });
}
