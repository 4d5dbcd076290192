import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';

/** Which live rows of a batch are asked for. Times are `updated_on`, ms since epoch. */
export interface BatchRowsFilter {
  readonly batchId: string;
  readonly collectionId?: string;
  /** Inclusive. */
  readonly updatedFromMs?: number;
  /** Exclusive. */
  readonly updatedBeforeMs?: number;
}

/** A live row without its answers: enough to plan by. */
export interface RowSummary {
  readonly batchId: string;
  readonly collectionId: string;
  readonly updatedOnMs: number;
  readonly writeTimeUs: bigint;
}

/**
 * Live rows of the table that holds answers, found by batch at a cost that follows the batch and not the table.
 * Reads at quorum. Rows that appear or vanish while a stream is open may or may not be in it.
 */
export abstract class BatchAttempts {
  /** In row order (see `compareRowKeys`), with answers. */
  abstract rows(filter: BatchRowsFilter): AsyncIterable<WrittenAttempt>;

  /** Every live row whose `updated_on` lies before `updatedBeforeMs`, of one batch or of all, in no order. */
  abstract summaries(filter: {
    readonly batchId?: string;
    readonly updatedBeforeMs?: number;
  }): AsyncIterable<RowSummary>;

  /**
   * Deletes one row as of `writeTimeUs`: whatever was written to it later survives. Idempotent.
   */
  abstract delete(
    row: Pick<WrittenAttempt, 'userId' | 'courseId' | 'batchId' | 'contentId' | 'attemptId' | 'writeTimeUs'>,
  ): Promise<void>;
}
