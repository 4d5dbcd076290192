import { Injectable } from '@nestjs/common';
import { ArchivalLedger, type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { batchIdsOf } from './selection/batch-selection';
import { type RecordedWeeksRequest, selectRecords } from './selection/week-selection';

/** Recorded weeks by what was asked for. */
@Injectable()
export class ArchivalRecords {
  constructor(private readonly ledger: ArchivalLedger) {}

  /** @returns in order of batch, collection, week @throws CASSANDRA.* */
  async find(request: RecordedWeeksRequest): Promise<ArchivalRecord[]> {
    const records: ArchivalRecord[] = [];
    if (request.batches === undefined) for await (const record of this.ledger.all()) records.push(record);
    else for (const batchId of batchIdsOf(request.batches)) records.push(...(await this.ledger.ofBatch(batchId)));
    return selectRecords(records, request);
  }
}
