import { BatchMetrics, type CourseBatch, type LearnerMetrics } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession, inParallel, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';

/** Without `attempts`, which can be large. */
const SELECT_METRICS: Statement = {
  cql: "SELECT agg, aggregates FROM user_activity_agg WHERE activity_type = 'Course' AND activity_id = ? AND user_id = ? AND context_id = ?",
  idempotent: true,
};

/** Reads under way at once: each learner is a partition. */
const parallelReads = 64;

/** Metrics in `user_activity_agg`: of the map `agg`, which only old jobs wrote, and of `aggregates`, which wins. */
export class CassandraBatchMetrics extends BatchMetrics {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async metricsOf(
    { courseId, batchId }: CourseBatch,
    userIds: Iterable<string>,
  ): Promise<ReadonlyMap<string, LearnerMetrics>> {
    const found = new Map<string, LearnerMetrics>();
    await inParallel(new Set(userIds), parallelReads, async (userId) => {
      const row = await this.session.one(SELECT_METRICS, [courseId, userId, `cb:${batchId}`]);
      if (row) found.set(userId, new Map([...numbersIn(row, 'agg'), ...numbersIn(row, 'aggregates')]));
    });
    return found;
  }
}

function numbersIn(row: Row, column: string): LearnerMetrics {
  return (row[column] as LearnerMetrics | null) ?? new Map<string, number>();
}
