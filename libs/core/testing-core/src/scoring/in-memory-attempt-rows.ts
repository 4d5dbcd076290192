import {
  answersOf,
  attemptKey,
  type AttemptOfLearner,
  type AttemptIdentity,
  AttemptRows,
  type AttemptToStore,
  isMixed,
  learnerKey,
  type LearnerInBatch,
  type WrittenAttempt,
  withoutCopies,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';

interface Row {
  readonly row: WrittenAttempt;
  readonly writtenCount: number;
}

/** Rows of attempts in memory, with Cassandra's habits: the later write wins, one at the same time doubles the list. */
export class InMemoryAttemptRows extends AttemptRows {
  private readonly rows = new Map<string, Row>();
  private readonly tombstones = new Map<string, WriteTimeUs>();

  override async find(learner: LearnerInBatch, attempts: readonly AttemptOfLearner[]): Promise<WrittenAttempt[]> {
    return attempts.flatMap((attempt) => readable(this.rows.get(rowKey({ ...learner, ...attempt }))));
  }

  override async ofLearner(learner: LearnerInBatch): Promise<WrittenAttempt[]> {
    return [...this.rows.values()]
      .filter(({ row }) => learnerKey(row) === learnerKey(learner))
      .flatMap((row) => readable(row));
  }

  override async write(row: AttemptToStore, writeTimeUs: WriteTimeUs): Promise<void> {
    const written = answersOf(row.answers);
    const key = rowKey(row);
    const stored = this.rows.get(key);
    if (writeTimeUs <= (this.tombstones.get(key) ?? -1n)) return;
    if (stored && stored.row.writeTimeUs > writeTimeUs) return;
    const answers = stored?.row.writeTimeUs === writeTimeUs ? [...stored.row.answers, ...written] : written;
    this.rows.set(key, { row: { ...row, answers, writeTimeUs }, writtenCount: written.length });
  }

  /** Deletes a row as the archiver does: what was written at or before `writeTimeUs` is gone. */
  delete(row: AttemptIdentity, writeTimeUs: WriteTimeUs): void {
    const key = rowKey(row);
    this.tombstones.set(key, writeTimeUs);
    const stored = this.rows.get(key);
    if (stored && stored.row.writeTimeUs <= writeTimeUs) this.rows.delete(key);
  }

  /** Every row as it lies there, doubled lists included. */
  all(): WrittenAttempt[] {
    return [...this.rows.values()].map(({ row }) => row);
  }
}

function rowKey(row: LearnerInBatch & AttemptOfLearner): string {
  return learnerKey(row) + attemptKey(row);
}

function readable(stored: Row | undefined): WrittenAttempt[] {
  if (!stored) return [];
  const answers = withoutCopies(stored.row.answers, stored.writtenCount);
  return [{ ...stored.row, answers, ...(isMixed(answers, stored.writtenCount) ? { mixed: true } : {}) }];
}
