export { describeMigrationLedger, type MigrationLedgerFixture } from './describe-migration-ledger';
export { InMemoryMigrationLedger } from './in-memory-migration-ledger';
