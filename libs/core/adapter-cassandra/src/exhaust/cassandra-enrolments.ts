import { type CassandraSession, inParallel, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type CourseBatch, Enrolments } from '@scorekeep/core/domain-exhaust';

const SELECT_ACTIVE: Statement = {
  cql: 'SELECT active FROM user_enrolments WHERE userid = ? AND courseid = ? AND batchid = ?',
  idempotent: true,
};

/** Reads under way at once: enough to keep a node busy, few enough to leave it free for others. */
const parallelReads = 64;

/** Enrolments in `user_enrolments`, one row a learner, course and batch; its partitions are the learners. */
export class CassandraEnrolments extends Enrolments {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async activeAmong(batch: CourseBatch, userIds: Iterable<string>): Promise<ReadonlySet<string>> {
    const active = new Set<string>();
    await inParallel(new Set(userIds), parallelReads, async (userId) => {
      const row = await this.session.one(SELECT_ACTIVE, [userId, batch.courseId, batch.batchId]);
      if (row?.['active'] === true) active.add(userId);
    });
    return active;
  }
}
