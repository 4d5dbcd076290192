import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import {
  attemptKey,
  type AttemptOfLearner,
  AttemptRows,
  type AttemptToStore,
  isPacked,
  type LearnerInBatch,
  type StorageLayout,
  type WriteTimeUs,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import {
  ATTEMPT_COLUMNS,
  ATTEMPT_COLUMNS_WITHOUT_ANSWERS,
  type AttemptRowValues,
  toWrittenAttempt,
} from './attempt-row.mapper';
import { encodeQuestions } from './questions.codec';

const OF_LEARNER = 'WHERE user_id = ? AND course_id = ? AND batch_id = ?';
const ONE_ATTEMPT = `${OF_LEARNER} AND content_id = ? AND attempt_id = ?`;

/** A list column written twice at one time doubles, so the driver must not repeat an insert with answers by itself. */
const insertWithAnswers = (table: string): Statement => ({
  cql: `INSERT INTO ${table} (user_id, course_id, batch_id, content_id, attempt_id, created_on, grand_total, last_attempted_on, total_max_score, total_score, updated_on, question, question_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?`,
  idempotent: false,
});

const INSERT_TOTALS: Statement = {
  cql: 'INSERT INTO assessment_aggregator (user_id, course_id, batch_id, content_id, attempt_id, created_on, grand_total, last_attempted_on, total_max_score, total_score, updated_on, question_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?',
  idempotent: true,
};

const select = (columns: string, table: string, where: string): Statement => ({
  cql: `SELECT ${columns} FROM ${table} ${where}`,
  idempotent: true,
});

/** The table that holds answers. */
export const answersTable = (layout: StorageLayout): 'assessment_aggregator' | 'assessment_raw' =>
  layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw';

/** Attempts of one learner: `assessment_aggregator` when unified; with `assessment_raw` for the answers when split. */
export class CassandraAttemptRows extends AttemptRows {
  private readonly insert: Statement;
  private readonly selectOne: Statement;
  private readonly selectOfLearner: Statement;
  private fields: Promise<readonly string[]> | undefined;
  private readonly selectTotals = select(ATTEMPT_COLUMNS_WITHOUT_ANSWERS, 'assessment_aggregator', OF_LEARNER);

  constructor(
    private readonly session: CassandraSession,
    private readonly layout: StorageLayout,
  ) {
    super();
    const table = answersTable(layout);
    this.insert = insertWithAnswers(table);
    this.selectOne = select(ATTEMPT_COLUMNS, table, ONE_ATTEMPT);
    this.selectOfLearner = select(ATTEMPT_COLUMNS, table, OF_LEARNER);
  }

  override async find(learner: LearnerInBatch, attempts: readonly AttemptOfLearner[]): Promise<WrittenAttempt[]> {
    const rows = await Promise.all(
      attempts.map(({ contentId, attemptId }) =>
        this.session.one(this.selectOne, [...partition(learner), contentId, attemptId]),
      ),
    );
    return rows.filter((row) => row !== undefined).map((row) => toWrittenAttempt(row as unknown as AttemptRowValues));
  }

  /** When split, a row of totals that has a count is ours: without answers it is only begun, or archived. */
  override async ofLearner(learner: LearnerInBatch): Promise<WrittenAttempt[]> {
    const withAnswers = (await this.collect(this.selectOfLearner, learner)).map(toWrittenAttempt);
    if (this.layout === 'unified') return withAnswers;
    const known = new Set(withAnswers.map(attemptKey));
    const totals = await this.collect(this.selectTotals, learner);
    const ofReference = totals.filter((row) => row.question_count === null).map(toWrittenAttempt);
    return [...withAnswers, ...ofReference.filter((row) => !known.has(attemptKey(row)))];
  }

  /** When split, totals come first: a row of answers then proves that both are there. */
  override async write(row: AttemptToStore, writeTimeUs: WriteTimeUs): Promise<void> {
    const count = isPacked(row.answers) ? row.answers.count : row.answers.length;
    if (this.layout === 'split') await this.session.write(INSERT_TOTALS, [...scalars(row), count, writeTimeUs]);
    const questions = isPacked(row.answers)
      ? row.answers.bytes
      : encodeQuestions(row.answers, await this.questionFields());
    await this.session.write(this.insert, [...scalars(row), questions, count, writeTimeUs]);
  }

  /** Asked once: an operator who adds a field restarts the process. A failure is not remembered. */
  private questionFields(): Promise<readonly string[]> {
    this.fields ??= this.session.fieldsOf('question').catch((error: unknown) => {
      this.fields = undefined;
      throw error;
    });
    return this.fields;
  }

  private async collect(statement: Statement, learner: LearnerInBatch): Promise<AttemptRowValues[]> {
    const rows: AttemptRowValues[] = [];
    for await (const row of this.session.rows(statement, partition(learner))) {
      rows.push(row as unknown as AttemptRowValues);
    }
    return rows;
  }
}

function partition({ userId, courseId, batchId }: LearnerInBatch): [string, string, string] {
  return [userId, courseId, batchId];
}

function scalars(row: AttemptToStore): unknown[] {
  return [
    ...partition(row),
    row.contentId,
    row.attemptId,
    toDate(row.createdOnMs),
    row.grandTotal ?? undefined,
    toDate(row.lastAttemptedOnMs),
    row.totalMaxScore ?? undefined,
    row.totalScore ?? undefined,
    toDate(row.updatedOnMs),
  ];
}

/** `undefined` leaves a cell unset, where a null would write a tombstone. */
function toDate(ms: number | null): Date | undefined {
  return ms === null ? undefined : new Date(ms);
}
