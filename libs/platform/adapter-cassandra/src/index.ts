export { CassandraErrorCode } from './cassandra.errors';
export {
  CassandraSession,
  type CassandraServer,
  type CassandraSessionOptions,
  type QueryKind,
} from './cassandra-session';
export { CassandraSettings, type ConsistencyName } from './cassandra.settings';
export { bytesOf, CqlReader } from './cql-reader';
export { CqlWriter } from './cql-writer';
export { inParallel } from './in-parallel';
export { type RawValue } from './raw-values';
export {
  type CompareAndSetResult,
  type OneOptions,
  type Parameters,
  type Row,
  type RowsOptions,
  type Statement,
  type StatementWithParameters,
} from './statement';
