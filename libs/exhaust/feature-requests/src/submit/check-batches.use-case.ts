import { Injectable } from '@nestjs/common';
import { BatchOwnership } from '@scorekeep/core/domain-exhaust';
import { invalidRequest } from '@scorekeep/platform/util-http';
import { type ReportsWanted } from './submission.mapper';
import { type DatasetConfig } from './submit-reports.request';

/** Whether the batches that reports are wanted of are there. */
@Injectable()
export class CheckBatches {
  constructor(private readonly ownership: BatchOwnership) {}

  /** @throws HTTP.INVALID_REQUEST naming the path of each batch that is not there */
  async execute({ collectionId, batchIds }: ReportsWanted, { batchFilter }: DatasetConfig): Promise<void> {
    const known = await Promise.all(
      batchIds.map((batchId) => this.ownership.knows({ courseId: collectionId, batchId })),
    );
    const unknown = batchIds.filter((_, index) => !known[index]);
    if (unknown.length === 0) return;
    const at = (batchId: string) => (batchFilter ? `batchFilter[${batchFilter.indexOf(batchId)}]` : 'batchId');
    const problems = unknown.map(
      (batchId) => `request.datasetConfig.${at(batchId)}: collection ${collectionId} has no batch ${batchId}`,
    );
    throw invalidRequest(...problems);
  }
}
