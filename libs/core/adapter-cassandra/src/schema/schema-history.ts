import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { changedVersion, newerVersion } from './schema.errors';
import { type SchemaVersion } from './schema-version';

/** One partition holds all. */
const TRACK = 'scorekeep';
const TABLE = 'scorekeep_schema_version';

export interface AppliedVersion {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly appliedAt: Date;
}

/** Which versions were applied, kept in the courses keyspace. Written and read serially. */
export class SchemaHistory {
  private readonly selectAll: Statement;
  private readonly insert: Statement;

  constructor(
    private readonly session: CassandraSession,
    private readonly keyspace: string,
  ) {
    this.selectAll = {
      cql: `SELECT version, name, checksum, applied_at FROM ${keyspace}.${TABLE} WHERE track = ?`,
      idempotent: true,
    };
    this.insert = {
      cql: `INSERT INTO ${keyspace}.${TABLE} (track, version, name, checksum, applied_at, applied_by) VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS`,
      idempotent: false,
    };
  }

  static readonly table = TABLE;

  async createTable(): Promise<void> {
    await this.session.ddl(
      `CREATE TABLE IF NOT EXISTS ${this.keyspace}.${TABLE} (track text, version int, name text, checksum text, applied_at timestamp, applied_by text, PRIMARY KEY (track, version))`,
    );
  }

  /** In order of version. The table must exist. */
  async read(): Promise<AppliedVersion[]> {
    const applied: AppliedVersion[] = [];
    for await (const row of this.session.rows(this.selectAll, [TRACK], { serial: true })) {
      applied.push({
        version: row['version'] as number,
        name: row['name'] as string,
        checksum: row['checksum'] as string,
        appliedAt: row['applied_at'] as Date,
      });
    }
    return applied;
  }

  /** Does nothing when the version is recorded already. */
  async record(version: SchemaVersion, appliedBy: string): Promise<void> {
    const checksum = checksumOf(version);
    const params = [TRACK, version.version, version.name, checksum, new Date(), appliedBy];
    await this.session.compareAndSet(this.insert, params);
  }
}

export function checksumOf(version: SchemaVersion): string {
  return shortDigest(JSON.stringify(version));
}

/** Whether what was applied is what this program knows. @throws SCHEMA.CHANGED, SCHEMA.NEWER */
export function requireKnown(known: readonly SchemaVersion[], applied: readonly AppliedVersion[]): void {
  for (const { version, name, checksum } of applied) {
    const ours = known.find((each) => each.version === version);
    if (!ours) throw newerVersion(version, Math.max(0, ...known.map((each) => each.version)));
    if (checksumOf(ours) !== checksum) throw changedVersion(version, name);
  }
}
