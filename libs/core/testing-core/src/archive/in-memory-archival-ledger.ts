import { ArchivalLedger, type ArchivalRecord, type BatchWeek, formatIsoWeek } from '@scorekeep/core/domain-archive';

/** A ledger in memory. Every call takes effect at once, so it is linearizable within one process. */
export class InMemoryArchivalLedger extends ArchivalLedger {
  private readonly records = new Map<string, ArchivalRecord>();

  async find(batchWeek: BatchWeek): Promise<ArchivalRecord | undefined> {
    return this.records.get(keyOf(batchWeek));
  }

  async ofBatch(batchId: string): Promise<ArchivalRecord[]> {
    return [...this.records.values()].filter((record) => record.batchId === batchId);
  }

  async *all(): AsyncGenerator<ArchivalRecord> {
    yield* [...this.records.values()];
  }

  async save(record: ArchivalRecord, expectedVersion: number): Promise<'saved' | 'conflict'> {
    const key = keyOf(record);
    if ((this.records.get(key)?.version ?? 0) !== expectedVersion) return 'conflict';
    this.records.set(key, record);
    return 'saved';
  }
}

function keyOf({ batchId, collectionId, week }: BatchWeek): string {
  return JSON.stringify([batchId, collectionId, formatIsoWeek(week)]);
}
