import { randomBytes } from 'node:crypto';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { SchemaMigrator } from '../schema/schema-migrator';

/** A keyspace of a test run's own with the real schema. */
export class ArchiveKeyspace {
  private constructor(
    readonly settings: CassandraSettings,
    readonly session: CassandraSession,
  ) {}

  static async create(contactPoints: string | undefined): Promise<ArchiveKeyspace> {
    const name = `test_archive_${randomBytes(4).toString('hex')}`;
    const settings = Object.assign(new CassandraSettings(), {
      CASSANDRA_CONTACT_POINTS: contactPoints,
      CASSANDRA_KEYSPACE: name,
      CASSANDRA_HIERARCHY_KEYSPACE: name,
    });
    const unbound = new CassandraSession(settings, { keyspace: null });
    await new SchemaMigrator(unbound, settings).apply({ say: () => undefined });
    await unbound.close();
    const session = new CassandraSession(settings);
    await session.connect();
    return new ArchiveKeyspace(settings, session);
  }

  async drop(): Promise<void> {
    await this.session.ddl(`DROP KEYSPACE IF EXISTS ${this.settings.CASSANDRA_KEYSPACE}`);
    await this.session.close();
  }
}
