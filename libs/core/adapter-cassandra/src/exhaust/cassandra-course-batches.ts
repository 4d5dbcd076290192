import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type CourseBatch, CourseBatches } from '@scorekeep/core/domain-exhaust';

const SELECT_NAME: Statement = {
  cql: 'SELECT name FROM course_batch WHERE courseid = ? AND batchid = ?',
  idempotent: true,
};

/** Batches in `course_batch`. */
export class CassandraCourseBatches extends CourseBatches {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async nameOf({ courseId, batchId }: CourseBatch): Promise<string | undefined> {
    const row = await this.session.one(SELECT_NAME, [courseId, batchId]);
    const name = row?.['name'];
    return typeof name === 'string' ? name : undefined;
  }
}
