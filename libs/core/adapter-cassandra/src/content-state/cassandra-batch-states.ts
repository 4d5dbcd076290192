import { type CassandraSession, inParallel, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { batchKey, type BatchOfCourse, BatchStates } from '@scorekeep/core/domain-content-state';

const SELECT_STATUS: Statement = {
  cql: 'SELECT batchid, status FROM course_batch WHERE courseid = ? AND batchid = ?',
  idempotent: true,
};

/** Reads of one call under way at once. */
const parallelReads = 16;

/** States of batches, in `course_batch`. */
export class CassandraBatchStates extends BatchStates {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async of(batches: Iterable<BatchOfCourse>): Promise<ReadonlyMap<string, number | null>> {
    const states = new Map<string, number | null>();
    const wanted = new Map([...batches].map((batch) => [batchKey(batch), batch]));
    await inParallel(wanted, parallelReads, async ([key, { courseId, batchId }]) => {
      const row = await this.session.one(SELECT_STATUS, [courseId, batchId]);
      if (row) states.set(key, row['status'] as number | null);
    });
    return states;
  }
}
