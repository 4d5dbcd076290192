import { type ArchivalRecord } from './archival-record';
import { type BatchWeek } from './manifest';

/**
 * What is recorded of every batch and week. Linearizable: reads see every save that was acknowledged, and of two saves
 * that expect the same version one alone succeeds.
 */
export abstract class ArchivalLedger {
  abstract find(batchWeek: BatchWeek): Promise<ArchivalRecord | undefined>;

  /** Of every collection and week of a batch, in no order. */
  abstract ofBatch(batchId: string): Promise<ArchivalRecord[]>;

  /** Every record, in no order; what is saved meanwhile may or may not be among them. */
  abstract all(): AsyncIterable<ArchivalRecord>;

  /**
   * Stores the whole record if the stored one's version is `expectedVersion`; 0: if there is none. After an error
   * nothing is known: read again. @throws CASSANDRA.*
   */
  abstract save(record: ArchivalRecord, expectedVersion: number): Promise<'saved' | 'conflict'>;
}
