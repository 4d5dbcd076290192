import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type ConsumedContent, ContentConsumption, parseStoredDate } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';

const SELECT_CONSUMED: Statement = {
  cql: 'SELECT contentid, status, progress, completedcount, viewcount, last_access_time, lastaccesstime, last_completed_time, lastcompletedtime, completionpercentage, progressdetails FROM user_content_consumption WHERE userid = ? AND courseid = ? AND batchid = ?',
  idempotent: true,
};

interface ConsumptionRow {
  readonly contentid: string;
  readonly status: number | null;
  readonly progress: number | null;
  readonly completedcount: number | null;
  readonly viewcount: number | null;
  readonly last_access_time: Date | null;
  readonly lastaccesstime: string | null;
  readonly last_completed_time: Date | null;
  readonly lastcompletedtime: string | null;
  readonly completionpercentage: number | null;
  readonly progressdetails: string | null;
}

/** Rows of `user_content_consumption`. The timestamp columns win over their text twins. */
export class CassandraContentConsumption extends ContentConsumption {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async of({ userId, courseId, batchId }: LearnerInBatch): Promise<ConsumedContent[]> {
    const consumed: ConsumedContent[] = [];
    for await (const row of this.session.rows(SELECT_CONSUMED, [userId, courseId, batchId])) {
      consumed.push(toConsumedContent(row as unknown as ConsumptionRow));
    }
    return consumed;
  }
}

function toConsumedContent(row: ConsumptionRow): ConsumedContent {
  return {
    contentId: row.contentid,
    status: row.status,
    progress: row.progress,
    completedCount: row.completedcount,
    viewCount: row.viewcount,
    lastAccessMs: row.last_access_time?.getTime() ?? parseStoredDate(row.lastaccesstime),
    lastCompletedMs: row.last_completed_time?.getTime() ?? parseStoredDate(row.lastcompletedtime),
    completionPercentage: row.completionpercentage,
    progressDetails: row.progressdetails,
  };
}
