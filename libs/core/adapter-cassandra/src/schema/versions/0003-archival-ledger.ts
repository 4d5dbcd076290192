import { type SchemaVersion } from '../schema-version';

/** What is recorded of every batch and week that is archived; written by lightweight transactions only. */
export const archivalLedger: SchemaVersion = {
  version: 3,
  name: 'archival-ledger',
  otherTypes: 'refused',
  steps: [
    {
      kind: 'table',
      keyspace: 'courses',
      name: 'archival_ledger',
      columns: {
        batch_id: 'text',
        collection_id: 'text',
        iso_year: 'int',
        iso_week: 'int',
        job: 'text',
        request_id: 'text',
        archival: 'text',
        deletion: 'text',
        iteration: 'int',
        deleted_through_iteration: 'int',
        started_on: 'timestamp',
        completed_on: 'timestamp',
        verified_on: 'timestamp',
        deleted_on: 'timestamp',
        object_keys: 'frozen<list<text>>',
        archived_rows: 'bigint',
        archived_bytes: 'bigint',
        request: 'text',
        error: 'text',
        owner: 'text',
        lease_expires_on: 'timestamp',
        version: 'int',
      },
      partitionKey: ['batch_id'],
      clusteringKey: ['collection_id', 'iso_year', 'iso_week', 'job'],
    },
  ],
};
