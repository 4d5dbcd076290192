import { Injectable } from '@nestjs/common';
import { ArchiveReader, type BatchWeek, compareWeeks, type IsoWeek } from '@scorekeep/core/domain-archive';
import { batchIdsOf, type BatchSelection, isSelected } from './selection/batch-selection';
import { compareBatchWeeks, sameWeek } from './selection/week-selection';

/** Weeks of which there are objects, recorded or not: the manifests tell, which outlive the ledger. */
@Injectable()
export class ArchivedWeeks {
  constructor(private readonly reader: ArchiveReader) {}

  /** @returns in order of batch, collection, week @throws ARCHIVE.UNREADABLE_MANIFEST, STORAGE.* */
  async find(batches: readonly BatchSelection[], week?: IsoWeek): Promise<BatchWeek[]> {
    const found: BatchWeek[] = [];
    for (const batchId of batchIdsOf(batches)) {
      for (const manifest of await this.reader.manifests(batchId)) {
        const wanted = isSelected(manifest, batches) && (!week || compareWeeks(manifest.week, week) === 0);
        if (!wanted || found.some((known) => sameWeek(known, manifest))) continue;
        const { collectionId, week: ofManifest } = manifest;
        found.push({ batchId, collectionId, week: ofManifest });
      }
    }
    return found.sort(compareBatchWeeks);
  }
}
