export { type LayoutDirection, type LayoutRowPair, type LayoutState, LayoutTables } from './layout-tables.port';
export { type LearnerRows, LearnerScan, type ScoredLearner, type SeenRow } from './learner-scan.port';
export { type BegunRun, type LedgerRun, MigrationLedger, type UnitCounts } from './migration-ledger.port';
export { answersDropped, leaseLost, migrationErrorCodes, migrationHeld } from './migration.errors';
export { ringRanges, type TokenRange } from './token-ranges';
