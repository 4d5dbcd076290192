import { Injectable } from '@nestjs/common';
import { BatchAttempts, groupSorted } from '@scorekeep/core/domain-archive';
import { learnerKey, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { ArchiveOptions } from '../archive-options';
import { judgeKey, type KeyCopies } from '../rows/judge-key';
import { RowRate } from './row-rate';
import { SettleAttempts } from './settle-attempts';
import { withLimit } from './with-limit';

const LEARNERS_AT_ONCE = 16;

export interface DeletedRows {
  readonly deletedRows: number;
  /** Live rows of the week that changed while it was deleted, and stay. */
  readonly survivingRows: number;
}

/** Deletes what was archived, learner by learner, each after its scores are kept for good. */
@Injectable()
export class DeleteRows {
  private readonly rate: RowRate;

  constructor(
    private readonly attempts: BatchAttempts,
    private readonly settle: SettleAttempts,
    { deleteRowsPerSecond, nowMs }: ArchiveOptions,
  ) {
    this.rate = new RowRate(deleteRowsPerSecond, nowMs);
  }

  /**
   * @param keys of the week; of them exactly the live rows go that an object holds as they are, as of the write time of
   *   what was archived: what is written to them meanwhile survives
   * @param onDeleted called with the number of rows after each learner
   * @throws ARCHIVE.ATTEMPTS_CONTENDED, CASSANDRA.*, what `keys` throws: rows that are deleted by then stay deleted
   */
  async execute(keys: AsyncIterable<KeyCopies>, onDeleted: (rows: number) => void): Promise<DeletedRows> {
    let deletedRows = 0;
    let survivingRows = 0;
    async function* archivedAlone(): AsyncGenerator<WrittenAttempt> {
      for await (const key of keys) {
        if (!key.live) continue;
        if (judgeKey(key) === 'archived') yield key.live;
        else survivingRows += 1;
      }
    }
    const learners = groupSorted(archivedAlone(), (left, right) => learnerKey(left) === learnerKey(right));
    await withLimit(learners, LEARNERS_AT_ONCE, async (rows) => {
      await this.settle.execute(rows[0], rows);
      await this.rate.pass(rows.length);
      for (const row of rows) await this.attempts.delete(row);
      deletedRows += rows.length;
      onDeleted(rows.length);
    });
    return { deletedRows, survivingRows };
  }
}
