import { Injectable } from '@nestjs/common';
import { type ArchivalState, ArchiveReader, type DeletionState, type Manifest } from '@scorekeep/core/domain-archive';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { ArchivalRecords } from './archival-records';
import { batchIdsOf } from './selection/batch-selection';
import { type RecordedWeeksRequest, sameWeek } from './selection/week-selection';

/** How one batch and week stands. */
export interface WeekStatus {
  readonly batchId: string;
  readonly collectionId: string;
  readonly isoYear: number;
  readonly isoWeek: number;
  readonly archival: ArchivalState;
  readonly deletion: DeletionState;
  /** Archived, all iterations together. */
  readonly rows: number;
  /** Compressed. */
  readonly bytes: number;
  /** Where the objects with rows are, as a person finds them; only what manifests name. */
  readonly objects: readonly string[];
  /** Why it failed, when it did. */
  readonly error?: string;
}

/** What is recorded of weeks, and where their objects are. */
@Injectable()
export class ArchivalStatus {
  constructor(
    private readonly records: ArchivalRecords,
    private readonly reader: ArchiveReader,
    private readonly storage: ArchiveStorage,
  ) {}

  /** @returns in order of batch, collection, week @throws ARCHIVE.UNREADABLE_MANIFEST, STORAGE.*, CASSANDRA.* */
  async execute(request: RecordedWeeksRequest): Promise<WeekStatus[]> {
    const records = await this.records.find(request);
    const manifests = new Map<string, Manifest[]>();
    for (const batchId of batchIdsOf(records)) manifests.set(batchId, await this.reader.manifests(batchId));
    return records.map((record) => {
      const { batchId, collectionId, week, archival, deletion, rows, bytes, error } = record;
      const ofWeek = (manifests.get(batchId) ?? []).filter((manifest) => sameWeek(manifest, record));
      const objects = ofWeek.flatMap((manifest) => manifest.objects.map(({ key }) => this.storage.urlOf(key)));
      const failure = error === null ? {} : { error };
      return { batchId, collectionId, ...week, archival, deletion, rows, bytes, objects, ...failure };
    });
  }
}
