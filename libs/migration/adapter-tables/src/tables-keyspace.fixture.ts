import { randomBytes } from 'node:crypto';
import { SchemaMigrator } from '@scorekeep/core/adapter-cassandra';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';

/** A keyspace of a test run's own with the real schema. */
export class TablesKeyspace {
  private constructor(
    readonly name: string,
    readonly session: CassandraSession,
  ) {}

  static async create(contactPoints: string | undefined): Promise<TablesKeyspace> {
    const name = `test_tables_${randomBytes(4).toString('hex')}`;
    const settings = Object.assign(new CassandraSettings(), {
      ...(contactPoints === undefined ? {} : { CASSANDRA_CONTACT_POINTS: contactPoints }),
      CASSANDRA_KEYSPACE: name,
      CASSANDRA_HIERARCHY_KEYSPACE: name,
    });
    const unbound = new CassandraSession(settings, { keyspace: null });
    await new SchemaMigrator(unbound, settings).apply({ say: () => undefined });
    await unbound.close();
    const session = new CassandraSession(settings);
    await session.connect();
    return new TablesKeyspace(name, session);
  }

  async drop(): Promise<void> {
    await this.session.ddl(`DROP KEYSPACE IF EXISTS ${this.name}`);
    await this.session.close();
  }
}
