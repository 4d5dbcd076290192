import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type ConsumedContent, ContentConsumption } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { CONSUMED_COLUMNS, type ConsumedValues, toConsumedContent } from './consumption-row.mapper';

const SELECT_ALL: Statement = {
  cql: `SELECT ${CONSUMED_COLUMNS} FROM user_content_consumption WHERE userid = ? AND courseid = ? AND batchid = ?`,
  idempotent: true,
};

const SELECT_SOME: Statement = {
  cql: `${SELECT_ALL.cql} AND contentid IN ?`,
  idempotent: true,
};

/** Of more contents than this all rows are read, which takes the server less than as many look-ups. */
const FEW_CONTENTS = 100;

/** What learners consumed, in `user_content_consumption`. */
export class CassandraContentConsumption extends ContentConsumption {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async of(
    { userId, courseId, batchId }: LearnerInBatch,
    contentIds?: ReadonlySet<string>,
  ): Promise<ConsumedContent[]> {
    const learner = [userId, courseId, batchId];
    const rows =
      contentIds && contentIds.size <= FEW_CONTENTS
        ? this.session.rows(SELECT_SOME, [...learner, [...contentIds]])
        : this.session.rows(SELECT_ALL, learner);
    const consumed: ConsumedContent[] = [];
    for await (const row of rows) consumed.push(toConsumedContent(row as unknown as ConsumedValues));
    return consumed;
  }
}
