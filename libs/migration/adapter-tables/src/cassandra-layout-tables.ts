import {
  ATTEMPT_COLUMNS,
  ATTEMPT_COLUMNS_WITHOUT_ANSWERS,
  type AttemptRowValues,
} from '@scorekeep/core/adapter-cassandra';
import { compareUtf8, rowKeyOrder } from '@scorekeep/core/domain-archive';
import {
  type AttemptIdentity,
  attemptKey,
  type AttemptScore,
  formatGrandTotal,
  type LearnerInBatch,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import {
  answersDropped,
  type LayoutDirection,
  type LayoutRowPair,
  LayoutTables,
  type TokenRange,
} from '@scorekeep/migration/domain-migration';
import {
  CassandraErrorCode,
  type CassandraSession,
  type Row,
  type Statement,
} from '@scorekeep/platform/adapter-cassandra';
import { AppError } from '@scorekeep/platform/util-errors';
import { joinSorted } from './join-sorted';
import { type CellGroup, planRaw, planUnify } from './layout-plan';
import { COUNT_COLUMN, type LayoutRow, toLayoutRow, writeTimeOfRow } from './layout-row';

const UNIFIED = 'assessment_aggregator';
const RAW = 'assessment_raw';
type Table = typeof UNIFIED | typeof RAW;

const KEY = ['user_id', 'course_id', 'batch_id', 'content_id', 'attempt_id'];
const OF_ATTEMPT = KEY.map((column) => `${column} = ?`).join(' AND ');
const OF_LEARNER = 'user_id = ? AND course_id = ? AND batch_id = ?';
const IN_RANGE = 'token(user_id, course_id) > ? AND token(user_id, course_id) <= ?';
const TOTALS_COLUMNS = `${ATTEMPT_COLUMNS_WITHOUT_ANSWERS}, writetime(${COUNT_COLUMN}) AS ${COUNT_COLUMN}_write_time`;
const PAGE_SIZE = 250;
/**
 * The end of the year 9999: later than every write. Answers written after the time of their column's drop (write times
 * may be ahead of the clock, and writes be under way) would stay in memory, and every read of their rows fail.
 */
const AFTER_ALL_WRITES_US = 253_402_300_799_999_000n;

const select = (columns: string, table: Table, condition: string): Statement => ({
  cql: `SELECT ${columns} FROM ${table} WHERE ${condition}`,
  idempotent: true,
});
const SELECT_TOTALS = select(TOTALS_COLUMNS, UNIFIED, OF_LEARNER);
const REMOVE: Statement = { cql: `DELETE FROM ${UNIFIED} USING TIMESTAMP ? WHERE ${OF_ATTEMPT}`, idempotent: true };
const SELECT_COLUMN: Statement = {
  cql: 'SELECT column_name FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ? AND column_name = ?',
  idempotent: true,
};

/** Both layouts' tables, which have one partition key: read side by side, in the order of their rows. */
export class CassandraLayoutTables extends LayoutTables {
  private readonly order: (left: LayoutRow, right: LayoutRow) => number;

  constructor(private readonly session: CassandraSession) {
    super();
    this.order = attemptOrder((userId, courseId) => session.tokenOf(userId, courseId));
  }

  override async prepare(direction: LayoutDirection): Promise<void> {
    if (!(await this.hasColumn(RAW, COUNT_COLUMN)) || !(await this.hasColumn(UNIFIED, COUNT_COLUMN))) {
      throw new AppError(CassandraErrorCode.misconfigured, 'The schema is too old: run "migrator schema up" first');
    }
    if (direction === 'unify' && !(await this.hasAnswersColumn())) throw answersDropped();
  }

  override async *pairs(direction: LayoutDirection, range: TokenRange): AsyncGenerator<LayoutRowPair> {
    const unifiedColumns = (await this.hasAnswersColumn()) ? ATTEMPT_COLUMNS : TOTALS_COLUMNS;
    const unifiedRows = this.rows(select(unifiedColumns, UNIFIED, IN_RANGE), range);
    const rawRows = this.rows(select(ATTEMPT_COLUMNS, RAW, IN_RANGE), range);
    for await (const [unified, raw] of joinSorted(unifiedRows, rawRows, this.order)) {
      yield direction === 'raw' ? this.rawPair(unified, raw) : this.unifyPair(raw, unified);
    }
  }

  override async totalsOf({ userId, courseId, batchId }: LearnerInBatch): Promise<ReadonlyMap<string, WriteTimeUs>> {
    const totals = new Map<string, WriteTimeUs>();
    for await (const values of this.session.rows(SELECT_TOTALS, [userId, courseId, batchId])) {
      const row = toLayoutRow(values as unknown as AttemptRowValues);
      totals.set(attemptKey(row.attempt), writeTimeOfRow(row));
    }
    return totals;
  }

  /** With the number of questions, by which it is known that the answers are archived. */
  override async writeTotals(learner: LearnerInBatch, entry: AttemptScore): Promise<void> {
    const { contentId, attemptId, score, maxScore, version, createdOnMs, writeTimeUs } = entry;
    const values = new Map<string, unknown>([
      ['created_on', new Date(createdOnMs)],
      ['grand_total', formatGrandTotal(score, maxScore)],
      ['last_attempted_on', new Date(version.timeMs)],
      ['total_max_score', maxScore],
      ['total_score', score],
      [COUNT_COLUMN, version.questionCount],
    ]);
    await this.write(UNIFIED, { ...learner, contentId, attemptId }, { writeTimeUs, values });
  }

  override hasAnswersColumn(): Promise<boolean> {
    return this.hasColumn(UNIFIED, 'question');
  }

  override async dropAnswersColumn(): Promise<void> {
    const table = `${this.session.keyspace}.${UNIFIED}`;
    await this.session.ddl(`ALTER TABLE ${table} DROP question USING TIMESTAMP ${AFTER_ALL_WRITES_US}`);
  }

  private rawPair(unified: LayoutRow | undefined, raw: LayoutRow | undefined): LayoutRowPair {
    const { groups, ...plan } = planRaw(unified, raw);
    const { attempt } = present(unified ?? raw);
    const copy = async (): Promise<void> => {
      for (const group of groups) await this.write(RAW, attempt, group);
      await this.count(unified);
    };
    const totalsWriteTimeUs = timeOf(unified);
    return { attempt, ...plan, sourceWriteTimeUs: totalsWriteTimeUs, totalsWriteTimeUs, copy, remove: unwanted };
  }

  private unifyPair(raw: LayoutRow | undefined, unified: LayoutRow | undefined): LayoutRowPair {
    const { groups, ...plan } = planUnify(raw, unified);
    const { attempt } = present(unified ?? raw);
    const totalsWriteTimeUs = timeOf(unified);
    const copy = async (): Promise<void> => {
      for (const group of groups) await this.write(UNIFIED, attempt, group);
    };
    const remove = (): Promise<void> => this.session.write(REMOVE, [totalsWriteTimeUs, ...keyOf(attempt)]);
    return { attempt, ...plan, sourceWriteTimeUs: timeOf(raw), totalsWriteTimeUs, copy, remove };
  }

  /** Of rows that Sunbird wrote: from then on the row of totals is one of the split layout. */
  private async count(unified: LayoutRow | undefined): Promise<void> {
    if (!unified?.answers || unified.cells.has(COUNT_COLUMN)) return;
    const { count, writeTimeUs } = unified.answers;
    await this.write(UNIFIED, unified.attempt, { writeTimeUs, values: new Map([[COUNT_COLUMN, count]]) });
  }

  private async write(table: Table, attempt: AttemptIdentity, { writeTimeUs, values }: CellGroup): Promise<void> {
    const columns = [...KEY, ...values.keys()];
    const cql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) USING TIMESTAMP ?`;
    await this.session.write({ cql, idempotent: !values.has('question') }, [
      ...keyOf(attempt),
      ...values.values(),
      writeTimeUs,
    ]);
  }

  private async *rows(statement: Statement, { from, to }: TokenRange): AsyncGenerator<LayoutRow> {
    const found: AsyncIterable<Row> = this.session.rows(statement, [from, to], { pageSize: PAGE_SIZE });
    for await (const values of found) yield toLayoutRow(values as unknown as AttemptRowValues);
  }

  private async hasColumn(table: Table, column: string): Promise<boolean> {
    return (await this.session.one(SELECT_COLUMN, [this.session.keyspace, table, column])) !== undefined;
  }
}

function attemptOrder(tokenOf: (userId: string, courseId: string) => bigint) {
  const partitions = rowKeyOrder(tokenOf);
  return ({ attempt: left }: LayoutRow, { attempt: right }: LayoutRow): number =>
    partitions({ ...left, contentId: '', attemptId: '' }, { ...right, contentId: '', attemptId: '' }) ||
    compareUtf8(left.batchId, right.batchId) ||
    compareUtf8(left.contentId, right.contentId) ||
    compareUtf8(left.attemptId, right.attemptId);
}

function keyOf({ userId, courseId, batchId, contentId, attemptId }: AttemptIdentity): string[] {
  return [userId, courseId, batchId, contentId, attemptId];
}

function timeOf(row: LayoutRow | undefined): WriteTimeUs {
  return row ? writeTimeOfRow(row) : 0n;
}

function present(row: LayoutRow | undefined): LayoutRow {
  if (!row) throw new RangeError('a pair has a row');
  return row;
}

async function unwanted(): Promise<void> {
  throw new RangeError('only totals whose answers are archived are removed');
}
