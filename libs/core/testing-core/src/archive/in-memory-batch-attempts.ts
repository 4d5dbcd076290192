import { BatchAttempts, type BatchRowsFilter, type RowKeyOrder, type RowSummary } from '@scorekeep/core/domain-archive';
import { type AttemptIdentity, type WrittenAttempt } from '@scorekeep/core/domain-scoring';

type RowVersion = AttemptIdentity & Pick<WrittenAttempt, 'writeTimeUs'>;

/** The table that holds answers, in memory: last write wins by row, and a delete hides what was written until its time. */
export class InMemoryBatchAttempts extends BatchAttempts {
  private readonly live = new Map<string, WrittenAttempt>();
  private readonly tombstones = new Map<string, bigint>();

  constructor(private readonly order: RowKeyOrder) {
    super();
  }

  /** Writes a row at its write time; nothing happens when something later was written or deleted. */
  insert(row: WrittenAttempt): void {
    const key = keyOf(row);
    const latestUs = this.live.get(key)?.writeTimeUs;
    if (latestUs !== undefined && latestUs >= row.writeTimeUs) return;
    if ((this.tombstones.get(key) ?? row.writeTimeUs - 1n) >= row.writeTimeUs) return;
    this.live.set(key, row);
  }

  async *rows(filter: BatchRowsFilter): AsyncGenerator<WrittenAttempt> {
    const { updatedFromMs = -Infinity, updatedBeforeMs = Infinity } = filter;
    const bounded = filter.updatedFromMs !== undefined || filter.updatedBeforeMs !== undefined;
    const found = [...this.live.values()].filter(
      ({ batchId, courseId, updatedOnMs }) =>
        batchId === filter.batchId &&
        (filter.collectionId === undefined || courseId === filter.collectionId) &&
        (!bounded || (updatedOnMs !== null && updatedOnMs >= updatedFromMs && updatedOnMs < updatedBeforeMs)),
    );
    yield* found.sort(this.order);
  }

  async *summaries(filter: {
    readonly batchId?: string;
    readonly updatedBeforeMs?: number;
  }): AsyncGenerator<RowSummary> {
    for (const { batchId, courseId, updatedOnMs, writeTimeUs } of [...this.live.values()]) {
      if (filter.batchId !== undefined && batchId !== filter.batchId) continue;
      if (updatedOnMs === null || updatedOnMs >= (filter.updatedBeforeMs ?? Infinity)) continue;
      yield { batchId, collectionId: courseId, updatedOnMs, writeTimeUs };
    }
  }

  async delete(row: RowVersion): Promise<void> {
    const key = keyOf(row);
    const known = this.tombstones.get(key);
    if (known === undefined || known < row.writeTimeUs) this.tombstones.set(key, row.writeTimeUs);
    const live = this.live.get(key);
    if (live !== undefined && live.writeTimeUs <= row.writeTimeUs) this.live.delete(key);
  }
}

function keyOf({ userId, courseId, batchId, contentId, attemptId }: AttemptIdentity): string {
  return JSON.stringify([userId, courseId, batchId, contentId, attemptId]);
}
