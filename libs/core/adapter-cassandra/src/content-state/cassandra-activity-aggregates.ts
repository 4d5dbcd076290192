import { type CassandraSession, inParallel, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type Activity, ActivityAggregates, type ContextAggregates } from '@scorekeep/core/domain-content-state';

/** Without `attempts`, which can be large. */
const SELECT_AGGREGATES: Statement = {
  cql: 'SELECT agg, aggregates, agg_last_updated FROM user_activity_agg WHERE activity_type = ? AND activity_id = ? AND user_id = ?',
  idempotent: true,
};

/** Reads of one call under way at once: each user is a partition. */
const parallelReads = 16;

/** Metrics of users, in `user_activity_agg`. */
export class CassandraActivityAggregates extends ActivityAggregates {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async of(
    { type, id }: Activity,
    userIds: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly ContextAggregates[]>> {
    const found = new Map<string, ContextAggregates[]>();
    await inParallel(new Set(userIds), parallelReads, async (userId) => {
      const contexts: ContextAggregates[] = [];
      for await (const row of this.session.rows(SELECT_AGGREGATES, [type, id, userId])) {
        contexts.push(toContextAggregates(row));
      }
      if (contexts.length > 0) found.set(userId, contexts);
    });
    return found;
  }
}

function toContextAggregates(row: Row): ContextAggregates {
  const numbers = (column: string) => (row[column] as ReadonlyMap<string, number> | null) ?? new Map<string, number>();
  const dates = (row['agg_last_updated'] as ReadonlyMap<string, Date> | null) ?? new Map<string, Date>();
  return {
    legacy: numbers('agg'),
    aggregates: numbers('aggregates'),
    lastUpdatedMs: new Map([...dates].map(([metric, date]) => [metric, date.getTime()])),
  };
}
