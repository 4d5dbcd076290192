export { CassandraLayoutTables } from './cassandra-layout-tables';
export { CassandraLearnerScan } from './cassandra-learner-scan';
export { CassandraMigrationLedger, type LedgerOptions } from './cassandra-migration-ledger';
