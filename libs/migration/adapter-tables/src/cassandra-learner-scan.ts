import {
  ATTEMPT_COLUMNS_WITHOUT_ANSWERS,
  type AttemptRowValues,
  findAnswersIndex,
  SCORE_COLUMNS,
  type ScoreRow,
  toLearnerScores,
  toWrittenAttempt,
} from '@scorekeep/core/adapter-cassandra';
import { type LearnerInBatch, learnerKey } from '@scorekeep/core/domain-scoring';
import {
  type LearnerRows,
  LearnerScan,
  type ScoredLearner,
  type SeenRow,
  type TokenRange,
} from '@scorekeep/migration/domain-migration';
import { type CassandraSession, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';

const PAGE_SIZE = 1000;
/** Rows of scores hold all attempts of a learner. */
const SCORES_PAGE_SIZE = 200;
const CONTEXT = 'cb:';

const TABLE = 'assessment_aggregator';
const IN_RANGE = 'token(user_id, course_id) > ? AND token(user_id, course_id) <= ?';

const selectRows = (condition: string): Statement => ({
  cql: `SELECT ${ATTEMPT_COLUMNS_WITHOUT_ANSWERS} FROM ${TABLE} WHERE ${condition}`,
  idempotent: true,
});
const SELECT_ROWS = selectRows(IN_RANGE);
const SELECT_ROWS_OF_BATCH = selectRows(`batch_id = ? AND ${IN_RANGE}`);
/** For more batches the whole range is read at once. */
const MOST_BATCHES_BY_INDEX = 20;

const SELECT_SCORED: Statement = {
  cql: `SELECT activity_type, activity_id, user_id, context_id, ${SCORE_COLUMNS} FROM user_activity_agg WHERE token(activity_type, activity_id, user_id) > ? AND token(activity_type, activity_id, user_id) <= ?`,
  idempotent: true,
};

/** Learners by ranges of the tables themselves: in both layouts `assessment_aggregator` has a row of every live attempt. */
export class CassandraLearnerScan extends LearnerScan {
  private indexed: Promise<boolean> | undefined;

  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async *withRows(range: TokenRange, batches?: ReadonlySet<string>): AsyncGenerator<LearnerRows> {
    const { from, to } = range;
    if (!batches || batches.size > MOST_BATCHES_BY_INDEX || !(await this.hasIndex())) {
      yield* this.learners(this.session.rows(SELECT_ROWS, [from, to], { pageSize: PAGE_SIZE }), batches);
      return;
    }
    for (const batch of batches) {
      const rows = this.session.rows(SELECT_ROWS_OF_BATCH, [batch, from, to], { pageSize: PAGE_SIZE });
      yield* this.learners(rows, batches);
    }
  }

  override async *scored({ from, to }: TokenRange, batches?: ReadonlySet<string>): AsyncGenerator<ScoredLearner> {
    for await (const values of this.session.rows(SELECT_SCORED, [from, to], { pageSize: SCORES_PAGE_SIZE })) {
      const learner = learnerOf(values);
      if (!learner || (batches && !batches.has(learner.batchId))) continue;
      yield { learner, scores: toLearnerScores(values as unknown as ScoreRow) };
    }
  }

  private async *learners(found: AsyncIterable<Row>, batches?: ReadonlySet<string>): AsyncGenerator<LearnerRows> {
    let current: { readonly learner: LearnerInBatch; readonly rows: SeenRow[] } | undefined;
    for await (const values of found) {
      const row = toWrittenAttempt(values as unknown as AttemptRowValues);
      const { userId, courseId, batchId } = row;
      if (batches && !batches.has(batchId)) continue;
      if (current && learnerKey(current.learner) !== learnerKey(row)) {
        yield current;
        current = undefined;
      }
      current ??= { learner: { userId, courseId, batchId }, rows: [] };
      current.rows.push(row);
    }
    if (current) yield current;
  }

  /** Asked once: an index that is built later is used by the next process. */
  private hasIndex(): Promise<boolean> {
    this.indexed ??= findAnswersIndex(this.session, TABLE).then(({ batchId }) => batchId);
    return this.indexed;
  }
}

/** Undefined for activities of other kinds. */
function learnerOf(values: Readonly<Record<string, unknown>>): LearnerInBatch | undefined {
  const { activity_type: type, activity_id: courseId, user_id: userId, context_id: context } = values;
  if (type !== 'Course' || typeof context !== 'string' || !context.startsWith(CONTEXT)) return undefined;
  return { userId: userId as string, courseId: courseId as string, batchId: context.slice(CONTEXT.length) };
}
