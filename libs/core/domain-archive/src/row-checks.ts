import { type AttemptIdentity, type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { formatIsoWeek, weekEndMs, weekStartMs } from './iso-week';
import { type BatchWeek } from './manifest';
import { type RowKeyOrder } from './row-order';

/** What is wrong with a row at its place, without naming it: ids of learners are not for messages. */
export type RowProblem = { readonly kind: 'wrong-row' | 'out-of-order'; readonly words: string };

/** Looks whether rows are what one archived object may hold: of this batch, collection and week, each key after the last. */
export class RowChecks {
  private readonly fromMs: number;
  private readonly beforeMs: number;
  private last: AttemptIdentity | undefined;

  constructor(
    private readonly batchWeek: BatchWeek,
    private readonly order: RowKeyOrder,
  ) {
    this.fromMs = weekStartMs(batchWeek.week);
    this.beforeMs = weekEndMs(batchWeek.week);
  }

  /** @returns undefined when all is well; then the row counts as the last one */
  problemOf(row: StoredAttempt): RowProblem | undefined {
    const wrong = this.differenceOf(row);
    if (wrong !== undefined) return { kind: 'wrong-row', words: wrong };
    const comparison = this.last ? this.order(this.last, row) : -1;
    if (comparison >= 0) {
      return { kind: 'out-of-order', words: comparison === 0 ? 'has the key of the row before' : 'is out of order' };
    }
    this.last = row;
    return undefined;
  }

  private differenceOf({ batchId, courseId, updatedOnMs }: StoredAttempt): string | undefined {
    if (batchId !== this.batchWeek.batchId) return 'is of another batch';
    if (courseId !== this.batchWeek.collectionId) return 'is of another collection';
    const inWeek = updatedOnMs !== null && updatedOnMs >= this.fromMs && updatedOnMs < this.beforeMs;
    return inWeek ? undefined : `does not belong to week ${formatIsoWeek(this.batchWeek.week)}`;
  }
}
