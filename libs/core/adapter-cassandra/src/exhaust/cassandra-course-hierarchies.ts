import {
  CassandraErrorCode,
  type CassandraSession,
  type Row,
  type Statement,
} from '@scorekeep/platform/adapter-cassandra';
import { CourseHierarchies, type CourseHierarchy, readHierarchy } from '@scorekeep/core/domain-exhaust';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** The trees in `content_hierarchy`, a table of the content service's keyspace. */
export class CassandraCourseHierarchies extends CourseHierarchies {
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

  override async hierarchyOf(courseId: string): Promise<CourseHierarchy | undefined> {
    const row = await this.rowOf(courseId);
    const text = row?.['hierarchy'];
    return typeof text === 'string' && text !== '' ? readHierarchy(courseId, text) : undefined;
  }

  private async rowOf(courseId: string): Promise<Row | undefined> {
    try {
      return await this.session.one(this.selectHierarchy, [courseId]);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== CassandraErrorCode.invalidQuery) throw error;
      const words = `course hierarchies cannot be read: ${messageOf(error)} (setting CASSANDRA_HIERARCHY_KEYSPACE)`;
      throw new AppError(CassandraErrorCode.misconfigured, words, { cause: error });
    }
  }
}
