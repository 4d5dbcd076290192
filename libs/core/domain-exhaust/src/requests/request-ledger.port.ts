import { type ReportRequest, type RequestKey } from './report-request';

/** What is known of requests: linearizable, changed by compare and set only. */
export abstract class RequestLedger {
  /** @throws CASSANDRA.* */
  abstract find(key: RequestKey): Promise<ReportRequest | undefined>;

  /** Every request of a tag (with its channel), by request id, all pages. @throws CASSANDRA.* */
  abstract ofTag(tag: string): AsyncIterable<ReportRequest>;

  /**
   * Stores the whole record.
   *
   * @param expectedVersion what must be stored now; 0: nothing is
   * @returns `conflict` when something else is stored; nothing is changed then
   * @throws CASSANDRA.*; after a time-out the outcome is unknown: read it
   */
  abstract save(request: ReportRequest, expectedVersion: number): Promise<'saved' | 'conflict'>;
}
