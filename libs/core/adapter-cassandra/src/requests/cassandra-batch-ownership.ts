import { BatchOwnership, type CourseBatch } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';

const SELECT_BATCH: Statement = {
  cql: 'SELECT batchid, createdfor FROM course_batch WHERE courseid = ? AND batchid = ?',
  idempotent: true,
};

/** Batches in `course_batch`; the channel of a collection stands in its tree in `content_hierarchy`. */
export class CassandraBatchOwnership extends BatchOwnership {
  private readonly selectHierarchy: Statement;

  /** @param keyspace CASSANDRA_HIERARCHY_KEYSPACE: a checked name, since it becomes part of the statement */
  constructor(
    private readonly session: CassandraSession,
    keyspace: string,
  ) {
    super();
    this.selectHierarchy = {
      cql: `SELECT hierarchy FROM ${keyspace}.content_hierarchy WHERE identifier = ?`,
      idempotent: true,
    };
  }

  override async knows({ courseId, batchId }: CourseBatch): Promise<boolean> {
    return (await this.session.one(SELECT_BATCH, [courseId, batchId])) !== undefined;
  }

  override async organisationsOf({ courseId, batchId }: CourseBatch): Promise<ReadonlySet<string>> {
    const channel = channelIn((await this.session.one(this.selectHierarchy, [courseId]))?.['hierarchy']);
    if (channel !== undefined) return new Set([channel]);
    const batch = await this.session.one(SELECT_BATCH, [courseId, batchId]);
    return new Set((batch?.['createdfor'] as readonly string[] | null | undefined) ?? []);
  }
}

/** A tree that cannot be read says nothing here; the report that needs its names says what is wrong with it. */
function channelIn(hierarchy: unknown): string | undefined {
  if (typeof hierarchy !== 'string') return undefined;
  try {
    const { channel } = (JSON.parse(hierarchy) ?? {}) as { readonly channel?: unknown };
    return typeof channel === 'string' && channel !== '' ? channel : undefined;
  } catch {
    return undefined;
  }
}
