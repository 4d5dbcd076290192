import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { AppError } from '@scorekeep/platform/util-errors';
import { archiveErrorCodes } from './archive.errors';
import { formatIsoWeek } from './iso-week';
import { type BatchWeek } from './manifest';
import { RowChecks } from './row-checks';
import { type RowKeyOrder } from './row-order';
import { encodeRowBytes } from './row-csv';

/** A row as bytes, with what a manifest says of rows. */
export interface EncodedRow {
  readonly row: WrittenAttempt;
  /** The row as a line of CSV. */
  readonly bytes: Uint8Array;
  readonly updatedOnMs: number;
  readonly writeTimeUs: bigint;
}

/**
 * Takes rows one at a time, checks and encodes them, and can look one row ahead: whether a part is full shows only when
 * its next row is there.
 */
export class SegmentRows {
  private readonly iterator: AsyncIterator<WrittenAttempt>;
  private readonly checks: RowChecks;
  private readonly encoder = new TextEncoder();
  private ahead: EncodedRow | undefined;
  private taken = 0;

  constructor(
    rows: AsyncIterable<WrittenAttempt>,
    private readonly batchWeek: BatchWeek,
    order: RowKeyOrder,
  ) {
    this.iterator = rows[Symbol.asyncIterator]();
    this.checks = new RowChecks(batchWeek, order);
  }

  /** The row that `take` would give; undefined at the end. @throws ARCHIVE.WRONG_ROW, OUT_OF_ORDER, UNWRITABLE_ROW */
  async peek(): Promise<EncodedRow | undefined> {
    if (this.ahead) return this.ahead;
    const result = await this.iterator.next();
    this.ahead = result.done ? undefined : this.encode(result.value);
    return this.ahead;
  }

  async take(): Promise<EncodedRow | undefined> {
    const row = await this.peek();
    if (row) this.taken += 1;
    this.ahead = undefined;
    return row;
  }

  get takenRows(): number {
    return this.taken;
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private encode(row: WrittenAttempt): EncodedRow {
    const problem = this.checks.problemOf(row);
    if (problem) {
      const { batchId, collectionId, week } = this.batchWeek;
      const code = problem.kind === 'wrong-row' ? archiveErrorCodes.wrongRow : archiveErrorCodes.outOfOrder;
      throw new AppError(code, `row ${this.taken + 1} to archive ${problem.words}`, {
        context: { batchId, collectionId, week: formatIsoWeek(week) },
      });
    }
    const { updatedOnMs, writeTimeUs } = row;
    return { row, bytes: encodeRowBytes(row, this.encoder), updatedOnMs: updatedOnMs ?? 0, writeTimeUs };
  }
}
