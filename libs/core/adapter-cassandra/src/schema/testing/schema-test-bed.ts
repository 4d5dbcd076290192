import { randomBytes } from 'node:crypto';
import { CassandraSession, CassandraSettings, type Row } from '@scorekeep/platform/adapter-cassandra';
import { SchemaMigrator, type SchemaMigratorOptions } from '../schema-migrator';
import { type SchemaVersion } from '../schema-version';

export interface TestKeyspaces {
  readonly courses: string;
  readonly hierarchy: string;
}

/** Two small versions in five statements, for tests that are not about the tables. */
export const smallVersions: readonly SchemaVersion[] = [
  {
    version: 1,
    name: 'small',
    otherTypes: 'refused',
    steps: [
      { kind: 'type', name: 'pair', fields: { a: 'text', b: 'text' } },
      {
        kind: 'table',
        keyspace: 'courses',
        name: 't',
        columns: { a: 'text', b: 'int', pairs: 'list<frozen<pair>>' },
        partitionKey: ['a'],
        clusteringKey: [],
      },
    ],
  },
  {
    version: 2,
    name: 'wider',
    otherTypes: 'refused',
    steps: [
      { kind: 'columns', table: 't', columns: { c: 'text', d: 'map<text, frozen<pair>>' } },
      { kind: 'index', table: 't', column: 'c' },
    ],
  },
];

/** Keyspaces of a test's own on a real server, and a way to look into them. */
export class SchemaTestBed {
  readonly session: CassandraSession;
  private readonly settings = new CassandraSettings();
  private readonly keyspaces: string[] = [];

  constructor(contactPoints: string | undefined) {
    this.settings.CASSANDRA_CONTACT_POINTS = contactPoints ?? this.settings.CASSANDRA_CONTACT_POINTS;
    this.session = this.newSession();
  }

  /** Names that no keyspace has yet; dropped by `close`. */
  freshKeyspaces(): TestKeyspaces {
    const suffix = randomBytes(4).toString('hex');
    const names = { courses: `test_schema_${suffix}`, hierarchy: `test_schema_h_${suffix}` };
    this.keyspaces.push(names.courses, names.hierarchy);
    return names;
  }

  newSession(): CassandraSession {
    return new CassandraSession(this.settings, { keyspace: null });
  }

  migrator(names: TestKeyspaces, options: SchemaMigratorOptions = {}, session = this.session): SchemaMigrator {
    const own = { CASSANDRA_KEYSPACE: names.courses, CASSANDRA_HIERARCHY_KEYSPACE: names.hierarchy };
    return new SchemaMigrator(session, Object.assign(new CassandraSettings(), this.settings, own), options);
  }

  async select(cql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this.session.rows({ cql, idempotent: true }, params)) rows.push({ ...row });
    return rows;
  }

  write(cql: string, params: readonly unknown[] = []): Promise<void> {
    return this.session.write({ cql, idempotent: true }, params);
  }

  /** Types by column. */
  async columnsOf(keyspace: string, table: string): Promise<Record<string, string>> {
    const cql = 'SELECT column_name, type FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?';
    const rows = await this.select(cql, [keyspace, table]);
    return Object.fromEntries(rows.map((row) => [row['column_name'], row['type']])) as Record<string, string>;
  }

  async close(): Promise<void> {
    for (const keyspace of this.keyspaces) await this.session.ddl(`DROP KEYSPACE IF EXISTS ${keyspace}`);
    await this.session.close();
  }
}
