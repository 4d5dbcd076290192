import { type SchemaVersion } from '../schema-version';

/** Which units of data migrations are done; written by lightweight transactions only. */
export const migrationLedger: SchemaVersion = {
  version: 7,
  name: 'migration-ledger',
  otherTypes: 'refused',
  steps: [
    {
      kind: 'table',
      keyspace: 'courses',
      name: 'migration_ledger',
      columns: {
        migration: 'text',
        unit: 'text',
        run: 'text',
        state: 'text',
        owner: 'text',
        counts: 'text',
        done_on: 'timestamp',
      },
      partitionKey: ['migration'],
      clusteringKey: ['unit'],
    },
  ],
};
