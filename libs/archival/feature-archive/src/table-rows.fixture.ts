import {
  attemptKey,
  type AttemptOfLearner,
  AttemptRows,
  learnerKey,
  type LearnerInBatch,
  type StoredAttempt,
  type WriteTimeUs,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { type InMemoryBatchAttempts } from '@scorekeep/core/testing-core';

/** The table of a test, as ingest and restore see it. */
export class TableRows extends AttemptRows {
  constructor(private readonly table: InMemoryBatchAttempts) {
    super();
  }

  override async find(learner: LearnerInBatch, attempts: readonly AttemptOfLearner[]): Promise<WrittenAttempt[]> {
    const wanted = new Set(attempts.map(attemptKey));
    return (await this.ofLearner(learner)).filter((row) => wanted.has(attemptKey(row)));
  }

  override async ofLearner(learner: LearnerInBatch): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for await (const row of this.table.rows({ batchId: learner.batchId })) {
      if (learnerKey(row) === learnerKey(learner)) rows.push(row);
    }
    return rows;
  }

  override async write(row: StoredAttempt, writeTimeUs: WriteTimeUs): Promise<void> {
    this.table.insert({ ...row, writeTimeUs });
  }
}
