import { type SchemaVersion } from '../schema-version';
import { sunbirdTables } from './0001-sunbird-tables';
import { attemptsForGood } from './0002-attempts-for-good';
import { archivalLedger } from './0003-archival-ledger';
import { firstProgress } from './0004-first-progress';
import { exhaustRequests } from './0005-exhaust-requests';
import { enrolmentsByBatch } from './0006-enrolments-by-batch';
import { migrationLedger } from './0007-migration-ledger';

/** All versions, in order. A new one is a file beside these and a line here. */
export const schemaVersions: readonly SchemaVersion[] = [
  sunbirdTables,
  attemptsForGood,
  archivalLedger,
  firstProgress,
  exhaustRequests,
  enrolmentsByBatch,
  migrationLedger,
];
