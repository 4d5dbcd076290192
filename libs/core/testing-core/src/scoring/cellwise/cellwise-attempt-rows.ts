import {
  attemptKey,
  type AttemptIdentity,
  type AttemptOfLearner,
  AttemptRows,
  type AttemptToStore,
  learnerKey,
  type LearnerInBatch,
  type StorageLayout,
  type StoredAttempt,
  type WrittenAttempt,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import { CellwiseRow } from './cellwise-row';

const keyOf = (row: AttemptIdentity): string => learnerKey(row) + attemptKey(row);

/** One table of attempts. */
class CellwiseTable {
  private readonly rows = new Map<string, { readonly identity: AttemptIdentity; readonly row: CellwiseRow }>();

  at(identity: AttemptIdentity): CellwiseRow {
    const { userId, courseId, batchId, contentId, attemptId } = identity;
    const key = keyOf(identity);
    const known = this.rows.get(key);
    if (known) return known.row;
    const own = { userId, courseId, batchId, contentId, attemptId };
    const row = new CellwiseRow(own);
    this.rows.set(key, { identity: own, row });
    return row;
  }

  read(identity: AttemptIdentity): WrittenAttempt[] {
    const row = this.rows.get(keyOf(identity))?.row.read();
    return row ? [row] : [];
  }

  ofLearner(learner: LearnerInBatch): WrittenAttempt[] {
    return [...this.rows.values()]
      .filter(({ identity }) => learnerKey(identity) === learnerKey(learner))
      .flatMap(({ identity }) => this.read(identity));
  }
}

/** The tables of attempts, shared by the rows of several processes. */
export class CellwiseTables {
  readonly answers = new CellwiseTable();
  /** `assessment_aggregator` of the split layout. */
  readonly totals = new CellwiseTable();
}

/**
 * Rows of attempts in memory, merged cell by cell as Cassandra merges them. A call that is several requests to the
 * server awaits `between` between them, where a test lets others in, or dies.
 */
export class CellwiseAttemptRows extends AttemptRows {
  private readonly answers: CellwiseTable;
  private readonly totals: CellwiseTable;

  constructor(
    private readonly layout: StorageLayout,
    tables = new CellwiseTables(),
    private readonly between: () => Promise<void> = async () => undefined,
  ) {
    super();
    this.answers = tables.answers;
    this.totals = tables.totals;
  }

  override async find(learner: LearnerInBatch, attempts: readonly AttemptOfLearner[]): Promise<WrittenAttempt[]> {
    const found: WrittenAttempt[] = [];
    for (const [index, attempt] of attempts.entries()) {
      if (index > 0) await this.between();
      found.push(...this.answers.read({ ...learner, ...attempt }));
    }
    return found;
  }

  override async ofLearner(learner: LearnerInBatch): Promise<WrittenAttempt[]> {
    const withAnswers = this.answers.ofLearner(learner);
    if (this.layout === 'unified') return withAnswers;
    await this.between();
    const known = new Set(withAnswers.map(attemptKey));
    const ofReference = this.totals.ofLearner(learner).filter((row) => !this.totals.at(row).hasCount);
    return [...withAnswers, ...ofReference.filter((row) => !known.has(attemptKey(row)))];
  }

  override async write(row: AttemptToStore, writeTimeUs: WriteTimeUs): Promise<void> {
    if (this.layout === 'split') {
      this.totals.at(row).insert(row, writeTimeUs, ['count']);
      await this.between();
    }
    this.answers.at(row).insert(row, writeTimeUs, ['answers', 'count']);
  }

  /** A row that the reference wrote with the wall clock, in its one table. */
  writeAsReference(row: StoredAttempt, writeTimeUs: WriteTimeUs): void {
    const table = this.layout === 'unified' ? this.answers : this.totals;
    table.at(row).insert(row, writeTimeUs, this.layout === 'unified' ? ['answers'] : []);
  }

  /** Deletes a row of the table that holds answers, as the archiver does. */
  delete(row: AttemptIdentity, writeTimeUs: WriteTimeUs): void {
    this.answers.at(row).delete(writeTimeUs);
  }

  /** The row of the table that holds answers, as reports and archive read it. */
  liveRow(row: AttemptIdentity): WrittenAttempt | undefined {
    return this.answers.read(row)[0];
  }

  /** The row of the table without answers; split layout only. */
  totalsRow(row: AttemptIdentity): WrittenAttempt | undefined {
    return this.totals.read(row)[0];
  }
}
