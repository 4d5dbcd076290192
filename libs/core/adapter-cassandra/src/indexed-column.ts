import { CassandraErrorCode, type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { AppError } from '@scorekeep/platform/util-errors';

const SELECT_INDEXES: Statement = {
  cql: 'SELECT index_name, options FROM system_schema.indexes WHERE keyspace_name = ? AND table_name = ?',
  idempotent: true,
};

/** A query by an index that matches nothing, so it costs nothing; but every replica that cannot answer it says so. */
export interface IndexProbe {
  readonly condition: string;
  readonly value: unknown;
}

/** Whether there is a storage-attached index on the column that answers on the replicas. @throws CASSANDRA.* */
export async function isIndexed(
  session: CassandraSession,
  table: string,
  column: string,
  { condition, value }: IndexProbe,
): Promise<boolean> {
  if (!(await hasIndex(session, table, column))) return false;
  const probe = { cql: `SELECT ${column} FROM ${table} WHERE ${condition} LIMIT 1`, idempotent: true };
  try {
    await session.one(probe, [value]);
    return true;
  } catch (error) {
    const codes: readonly string[] = [CassandraErrorCode.readFailure, CassandraErrorCode.invalidQuery];
    if (error instanceof AppError && codes.includes(error.code)) return false;
    throw error;
  }
}

async function hasIndex(session: CassandraSession, table: string, column: string): Promise<boolean> {
  for await (const row of session.rows(SELECT_INDEXES, [session.keyspace, table])) {
    const options = row['options'] as ReadonlyMap<string, string> | null;
    const isStorageAttached = /StorageAttachedIndex|^sai$/i.test(options?.get('class_name') ?? '');
    if (isStorageAttached && options?.get('target') === column) return true;
  }
  return false;
}
