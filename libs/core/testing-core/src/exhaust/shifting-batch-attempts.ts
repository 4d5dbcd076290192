import { type BatchRowsFilter } from '@scorekeep/core/domain-archive';
import { attemptKey, type AttemptIdentity, learnerKey, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { InMemoryBatchAttempts } from '../archive/in-memory-batch-attempts';

/**
 * The table in memory while somebody works on it: something may happen before each row that a stream reaches. Rows that
 * were deleted by then are not in the stream, rewritten ones are as they are then, new ones are missed.
 */
export class ShiftingBatchAttempts extends InMemoryBatchAttempts {
  /** Called before each row that was there when the stream began, with its position from 0, and once at the end. */
  beforeRow: (position: number) => Promise<void> = async () => undefined;
  private edits = 0;

  override insert(row: WrittenAttempt): void {
    this.edits += 1;
    super.insert(row);
  }

  override delete(row: WrittenAttempt): Promise<void> {
    this.edits += 1;
    return super.delete(row);
  }

  override async *rows(filter: BatchRowsFilter): AsyncGenerator<WrittenAttempt> {
    const atStart = await this.rowsNow(filter);
    let now = atStart;
    let seenEdits = this.edits;
    let position = 0;
    for (const key of atStart.keys()) {
      await this.beforeRow(position);
      position += 1;
      if (this.edits > seenEdits) now = await this.rowsNow(filter);
      seenEdits = this.edits;
      const row = now.get(key);
      if (row) yield row;
    }
    await this.beforeRow(position);
  }

  private async rowsNow(filter: BatchRowsFilter): Promise<Map<string, WrittenAttempt>> {
    const found = new Map<string, WrittenAttempt>();
    for await (const row of super.rows(filter)) found.set(keyOf(row), row);
    return found;
  }
}

function keyOf(attempt: AttemptIdentity): string {
  return JSON.stringify([learnerKey(attempt), attemptKey(attempt)]);
}
