import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type LastRead, type LearnerEnrolment, LearnerEnrolments } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';

const ENROLMENT = 'WHERE userid = ? AND courseid = ? AND batchid = ?';

const SELECT_LAST_READ: Statement = {
  cql: `SELECT lastreadcontentid, lastreadcontentstatus, lastcontentaccesstime FROM user_enrolments ${ENROLMENT}`,
  idempotent: true,
};

const UPDATE_LAST_READ = `UPDATE user_enrolments SET lastreadcontentid = ?, lastreadcontentstatus = ?, lastcontentaccesstime = ? ${ENROLMENT}`;

/** An enrolment is never deleted, so one that was found is there: this does not make any. */
const UNLESS_RECORDED: Statement = { cql: `${UPDATE_LAST_READ} IF lastcontentaccesstime = null`, idempotent: false };
const IF_AS_FOUND: Statement = { cql: `${UPDATE_LAST_READ} IF lastcontentaccesstime = ?`, idempotent: false };

/** Enrolments, in `user_enrolments`. */
export class CassandraLearnerEnrolments extends LearnerEnrolments {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async find(learner: LearnerInBatch): Promise<LearnerEnrolment | undefined> {
    const row = await this.session.one(SELECT_LAST_READ, keyOf(learner));
    if (!row) return undefined;
    return {
      contentId: row['lastreadcontentid'] as string | null,
      status: row['lastreadcontentstatus'] as number | null,
      accessMs: (row['lastcontentaccesstime'] as Date | null)?.getTime() ?? null,
    };
  }

  override async recordLastRead(
    learner: LearnerInBatch,
    { contentId, status, accessMs }: LastRead,
    found: LearnerEnrolment,
  ): Promise<'recorded' | 'conflict'> {
    const values = [contentId, status, new Date(accessMs), ...keyOf(learner)];
    const { applied } =
      found.accessMs === null
        ? await this.session.compareAndSet(UNLESS_RECORDED, values)
        : await this.session.compareAndSet(IF_AS_FOUND, [...values, new Date(found.accessMs)]);
    return applied ? 'recorded' : 'conflict';
  }
}

function keyOf({ userId, courseId, batchId }: LearnerInBatch): string[] {
  return [userId, courseId, batchId];
}
