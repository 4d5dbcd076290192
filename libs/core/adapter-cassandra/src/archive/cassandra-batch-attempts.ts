import { BatchAttempts, type BatchRowsFilter, rowKeyOrder, type RowSummary } from '@scorekeep/core/domain-archive';
import { type AttemptIdentity, type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type Logger } from '@scorekeep/platform/util-logging';
import {
  ATTEMPT_COLUMNS,
  ATTEMPT_COLUMNS_WITHOUT_ANSWERS,
  type AttemptRowValues,
  toBulkAttempt,
} from '../rows/attempt-row.mapper';
import { answersTable } from '../rows/cassandra-attempt-rows';
import { type AnswersIndex, findAnswersIndex } from './answers-index';
import { inTurn } from './in-turn';
import { readAhead } from './read-ahead';
import { rangesOfRing, readRing, type RingRead } from './token-ranges';

const IN_RANGE = 'token(user_id, course_id) > ? AND token(user_id, course_id) <= ?';

/** The list of answers is written together with their number, which stands in for it here. */
const SUMMARY_COLUMNS = `${ATTEMPT_COLUMNS_WITHOUT_ANSWERS}, writetime(question_count) AS question_count_write_time`;

/** Rows with answers take a few KB each, so pages of them are short. */
const ROWS_AHEAD = 250;
const SUMMARIES_AHEAD = 2000;

/** Without an index: so many token ranges, a few of them read side by side. */
const SCAN_RANGES = 64;
const SCAN = { atOnce: 4, ahead: 250 };

interface RowsWanted extends Omit<BatchRowsFilter, 'batchId'> {
  readonly batchId?: string;
}

interface Condition {
  readonly cql: string;
  readonly value: unknown;
}

/**
 * Live rows of the table that holds answers, found by storage-attached indexes and always bounded by token ranges: one
 * unbounded query of a batch with many deleted rows fails. Without a usable index the whole table is read, several token
 * ranges at once.
 */
export class CassandraBatchAttempts extends BatchAttempts {
  private readonly table: string;
  private readonly deleteRow: Statement;
  private index: Promise<AnswersIndex> | undefined;

  constructor(
    private readonly session: CassandraSession,
    layout: StorageLayout,
    private readonly logger: Logger,
  ) {
    super();
    this.table = answersTable(layout);
    this.deleteRow = {
      cql: `DELETE FROM ${this.table} USING TIMESTAMP ? WHERE user_id = ? AND course_id = ? AND batch_id = ? AND content_id = ? AND attempt_id = ?`,
      idempotent: true,
    };
  }

  override rows(filter: BatchRowsFilter): AsyncIterable<WrittenAttempt> {
    return readAhead(this.read(ATTEMPT_COLUMNS, filter, ROWS_AHEAD), ROWS_AHEAD);
  }

  override async *summaries(filter: {
    readonly batchId?: string;
    readonly updatedBeforeMs?: number;
  }): AsyncGenerator<RowSummary> {
    for await (const row of readAhead(this.read(SUMMARY_COLUMNS, filter, SUMMARIES_AHEAD), SUMMARIES_AHEAD)) {
      const { batchId, courseId: collectionId, updatedOnMs, writeTimeUs } = row;
      if (updatedOnMs !== null) yield { batchId, collectionId, updatedOnMs, writeTimeUs };
    }
  }

  override async delete(row: AttemptIdentity & Pick<WrittenAttempt, 'writeTimeUs'>): Promise<void> {
    const { userId, courseId, batchId, contentId, attemptId } = row;
    await this.session.write(this.deleteRow, [row.writeTimeUs, userId, courseId, batchId, contentId, attemptId]);
  }

  private async *read(columns: string, wanted: RowsWanted, pageSize: number): AsyncGenerator<WrittenAttempt> {
    const conditions = indexedConditions(wanted, await this.usableIndex());
    const where = [...conditions.map(({ cql }) => cql), IN_RANGE].join(' AND ');
    const statement = { cql: `SELECT ${columns} FROM ${this.table} WHERE ${where}`, idempotent: true };
    const values = conditions.map(({ value }) => value);
    const tokenOf = (userId: string, courseId: string): bigint => this.session.tokenOf(userId, courseId);
    const ring = (): RingRead<WrittenAttempt> => ({
      read: ({ from, to }) => this.matching(statement, [...values, from, to], wanted, pageSize),
      tokenOf: ({ userId, courseId }) => tokenOf(userId, courseId),
      order: rowKeyOrder(tokenOf),
    });
    if (conditions.length > 0) yield* readRing(ring());
    else
      yield* inTurn(
        rangesOfRing(SCAN_RANGES).map((range) => () => readRing(ring(), range)),
        SCAN,
      );
  }

  /** What no index was asked for is filtered here; what one was asked for, once more, which costs nothing. */
  private async *matching(
    statement: Statement,
    params: readonly unknown[],
    wanted: RowsWanted,
    pageSize: number,
  ): AsyncGenerator<WrittenAttempt> {
    for await (const values of this.session.rows(statement, params, { pageSize })) {
      const row = toBulkAttempt(values as unknown as AttemptRowValues);
      if (matches(row, wanted)) yield row;
    }
  }

  /** Asked once: an index that is built later is used by the next process. A failure is not remembered. */
  private usableIndex(): Promise<AnswersIndex> {
    this.index ??= this.findIndex().catch((error: unknown) => {
      this.index = undefined;
      throw error;
    });
    return this.index;
  }

  private async findIndex(): Promise<AnswersIndex> {
    const index = await findAnswersIndex(this.session, this.table);
    const missing = [...(index.batchId ? [] : ['batch_id']), ...(index.updatedOn ? [] : ['updated_on'])];
    if (missing.length > 0) {
      this.logger.warn('no usable index: rows are found by reading whole token ranges of the table', {
        table: this.table,
        columns: missing.join(', '),
      });
    }
    return index;
  }
}

function indexedConditions(wanted: RowsWanted, index: AnswersIndex): Condition[] {
  const { batchId, updatedFromMs, updatedBeforeMs } = wanted;
  const byTime: Condition[] = [
    ...(updatedFromMs === undefined ? [] : [{ cql: 'updated_on >= ?', value: new Date(updatedFromMs) }]),
    ...(updatedBeforeMs === undefined ? [] : [{ cql: 'updated_on < ?', value: new Date(updatedBeforeMs) }]),
  ];
  return [
    ...(batchId !== undefined && index.batchId ? [{ cql: 'batch_id = ?', value: batchId }] : []),
    ...(index.updatedOn ? byTime : []),
  ];
}

function matches(row: WrittenAttempt, wanted: RowsWanted): boolean {
  const { batchId, collectionId, updatedFromMs, updatedBeforeMs } = wanted;
  if (batchId !== undefined && row.batchId !== batchId) return false;
  if (collectionId !== undefined && row.courseId !== collectionId) return false;
  if (updatedFromMs !== undefined && !(row.updatedOnMs !== null && row.updatedOnMs >= updatedFromMs)) return false;
  return updatedBeforeMs === undefined || (row.updatedOnMs !== null && row.updatedOnMs < updatedBeforeMs);
}
