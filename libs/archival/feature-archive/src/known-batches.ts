import { Injectable } from '@nestjs/common';
import { ArchivalLedger, ArchiveReader, BatchAttempts } from '@scorekeep/core/domain-archive';
import { batchIdsOf, type BatchSelection } from './selection/batch-selection';

/** Tells a batch without anything to do from a mistyped one. */
@Injectable()
export class KnownBatches {
  constructor(
    private readonly attempts: BatchAttempts,
    private readonly ledger: ArchivalLedger,
    private readonly reader: ArchiveReader,
  ) {}

  /** Ids of batches of which there is no row in the table, whatever its week, and nothing archived. @throws CASSANDRA.*, STORAGE.* */
  async unknown(batches: readonly BatchSelection[]): Promise<string[]> {
    const unknown: string[] = [];
    for (const batchId of batchIdsOf(batches)) if (!(await this.isKnown(batchId))) unknown.push(batchId);
    return unknown;
  }

  private async isKnown(batchId: string): Promise<boolean> {
    if ((await this.ledger.ofBatch(batchId)).length > 0) return true;
    for await (const _row of this.attempts.summaries({ batchId })) return true;
    return (await this.reader.manifests(batchId)).length > 0;
  }
}
