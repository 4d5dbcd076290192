import { CassandraErrorCode, type CassandraSession } from '@scorekeep/platform/adapter-cassandra';
import { AppError } from '@scorekeep/platform/util-errors';
import { type IndexStep } from './schema-version';

/** A value of the column's type that no row has. */
const NO_VALUE: Readonly<Record<string, unknown>> = { text: '', timestamp: new Date(0) };

/**
 * Whether queries by the index are answered. A replica that still builds it refuses; the probe itself finds nothing.
 *
 * @param columnType CQL type of the indexed column: text or timestamp
 */
export async function isQueryable(
  session: CassandraSession,
  keyspace: string,
  { table, column }: IndexStep,
  columnType: string,
): Promise<boolean> {
  const cql = `SELECT ${column} FROM ${keyspace}.${table} WHERE ${column} = ? LIMIT 1`;
  try {
    await session.one({ cql, idempotent: true }, [NO_VALUE[columnType]]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === CassandraErrorCode.readFailure) return false;
    throw error;
  }
}
