import { CassandraErrorCode, type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { AppError } from '@scorekeep/platform/util-errors';

/** Which columns of the table with answers a query may be found by. */
export interface AnswersIndex {
  readonly batchId: boolean;
  readonly updatedOn: boolean;
}

const SELECT_INDEXES: Statement = {
  cql: 'SELECT index_name, options FROM system_schema.indexes WHERE keyspace_name = ? AND table_name = ?',
  idempotent: true,
};

/** Matches nothing, so it costs nothing; but every replica that cannot answer by the index says so. */
const probe = (table: string, condition: string): Statement => ({
  cql: `SELECT batch_id FROM ${table} WHERE ${condition} LIMIT 1`,
  idempotent: true,
});

/** Which storage-attached indexes there are on `table` and answer on the replicas. @throws CASSANDRA.* */
export async function findAnswersIndex(session: CassandraSession, table: string): Promise<AnswersIndex> {
  const indexed = new Set<string>();
  for await (const row of session.rows(SELECT_INDEXES, [session.keyspace, table])) {
    const options = row['options'] as ReadonlyMap<string, string> | null;
    if (/StorageAttachedIndex|^sai$/i.test(options?.get('class_name') ?? '')) indexed.add(options?.get('target') ?? '');
  }
  return {
    batchId: indexed.has('batch_id') && (await answers(session, probe(table, 'batch_id = ?'), '')),
    updatedOn: indexed.has('updated_on') && (await answers(session, probe(table, 'updated_on < ?'), new Date(0))),
  };
}

async function answers(session: CassandraSession, statement: Statement, value: unknown): Promise<boolean> {
  try {
    await session.one(statement, [value]);
    return true;
  } catch (error) {
    const codes: readonly string[] = [CassandraErrorCode.readFailure, CassandraErrorCode.invalidQuery];
    if (error instanceof AppError && codes.includes(error.code)) return false;
    throw error;
  }
}
