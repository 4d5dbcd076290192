import { Injectable } from '@nestjs/common';
import { BatchAttempts, groupSorted } from '@scorekeep/core/domain-archive';
import { learnerKey } from '@scorekeep/core/domain-scoring';
import { Pace } from '@scorekeep/platform/util-pace';
import { ArchiveOptions } from '../archive-options';
import { type DeletableRow } from './deletable-rows';
import { SettleAttempts } from './settle-attempts';
import { withLimit } from './with-limit';

const LEARNERS_AT_ONCE = 16;

/** Deletes what was archived, learner by learner, each after its scores are kept for good. */
@Injectable()
export class DeleteRows {
  private readonly pace: Pace;

  constructor(
    private readonly attempts: BatchAttempts,
    private readonly settle: SettleAttempts,
    { deleteRowsPerSecond }: ArchiveOptions,
  ) {
    this.pace = new Pace(deleteRowsPerSecond, () => performance.now());
  }

  /**
   * @param rows each learner's together; they go as of their write time: what is written to them meanwhile survives
   * @param onDeleted called with the number of rows after each learner
   * @param signal ends it with its reason before a learner's rows go
   * @returns how many rows
   * @throws ARCHIVE.ATTEMPTS_CONTENDED, CASSANDRA.*, what `rows` throws: rows that are deleted by then stay deleted
   */
  async execute(
    rows: Iterable<DeletableRow> | AsyncIterable<DeletableRow>,
    onDeleted: (rows: number) => void,
    signal: AbortSignal,
  ): Promise<number> {
    let deletedRows = 0;
    const learners = groupSorted(rows, (left, right) => learnerKey(left) === learnerKey(right));
    await withLimit(learners, LEARNERS_AT_ONCE, async (ofLearner) => {
      const entries = ofLearner.flatMap(({ entry }) => entry ?? []);
      await this.settle.execute(ofLearner[0], entries);
      await this.pace.take(ofLearner.length);
      signal.throwIfAborted();
      for (const row of ofLearner) await this.attempts.delete(row);
      deletedRows += ofLearner.length;
      onDeleted(ofLearner.length);
    });
    return deletedRows;
  }
}
