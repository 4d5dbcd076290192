import {
  type CassandraSession,
  type Statement,
  type StatementWithParameters,
} from '@scorekeep/platform/adapter-cassandra';
import { ConsumptionRows, type RowChange, type StoredContent } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { STORED_COLUMNS, type StoredValues, toStoredContent } from './consumption-row.mapper';

const SELECT_ROWS: Statement = {
  cql: `SELECT ${STORED_COLUMNS} FROM user_content_consumption WHERE userid = ? AND courseid = ? AND batchid = ? AND contentid IN ?`,
  idempotent: true,
};

const UPDATE_ROW =
  'UPDATE user_content_consumption SET status = ?, progress = ?, first_progress = ?, completedcount = ?, viewcount = ?, last_access_time = ?, last_completed_time = ?, completionpercentage = ?, progressdetails = ?, last_updated_time = ? WHERE userid = ? AND courseid = ? AND batchid = ? AND contentid = ?';

/** Holds for a row that is not there as well. */
const UNLESS_UPDATED: Statement = { cql: `${UPDATE_ROW} IF last_updated_time = null`, idempotent: false };
const IF_AS_FOUND: Statement = { cql: `${UPDATE_ROW} IF last_updated_time = ?`, idempotent: false };

/** The server fails a batch of more than 50 KiB by default. */
const BATCH_MAX_BYTES = 32 * 1024;
/** What a row takes besides its texts, generously. */
const ROW_BYTES = 200;

/**
 * Rows of `user_content_consumption`. All rows of a learner are one partition, so the rows of one update are written by
 * one lightweight transaction, or by several where they are large. `last_updated_time`, which grows with every change,
 * tells whether a row is still as it was found.
 */
export class CassandraConsumptionRows extends ConsumptionRows {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async find(
    { userId, courseId, batchId }: LearnerInBatch,
    contentIds: readonly string[],
  ): Promise<StoredContent[]> {
    const found: StoredContent[] = [];
    for await (const row of this.session.rows(SELECT_ROWS, [userId, courseId, batchId, contentIds])) {
      found.push(toStoredContent(row as unknown as StoredValues));
    }
    return found;
  }

  override async replace(learner: LearnerInBatch, changes: readonly RowChange[]): Promise<readonly RowChange[]> {
    const conflicting: RowChange[] = [];
    for (const batch of inBatches(changes)) {
      const statements = batch.map((change) => conditionalUpdate(learner, change));
      if (!(await this.apply(statements))) conflicting.push(...batch);
    }
    return conflicting;
  }

  /** A row that is larger than a batch may be is written alone, without one. */
  private async apply(statements: readonly StatementWithParameters[]): Promise<boolean> {
    const [first, ...others] = statements;
    if (!first || others.length > 0) return this.session.compareAndSetTogether(statements);
    return (await this.session.compareAndSet(first.statement, first.params)).applied;
  }
}

function* inBatches(changes: readonly RowChange[]): Generator<RowChange[]> {
  let batch: RowChange[] = [];
  let bytes = 0;
  for (const change of changes) {
    const { contentId, progressDetails } = change.merged;
    const rowBytes = ROW_BYTES + Buffer.byteLength(contentId) + Buffer.byteLength(progressDetails ?? '');
    if (batch.length > 0 && bytes + rowBytes > BATCH_MAX_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(change);
    bytes += rowBytes;
  }
  if (batch.length > 0) yield batch;
}

function conditionalUpdate(
  { userId, courseId, batchId }: LearnerInBatch,
  { found, merged }: RowChange,
): StatementWithParameters {
  const values = [...columnValues(merged), userId, courseId, batchId, merged.contentId];
  const foundMs = found?.lastUpdatedMs ?? null;
  return foundMs === null
    ? { statement: UNLESS_UPDATED, params: values }
    : { statement: IF_AS_FOUND, params: [...values, new Date(foundMs)] };
}

function columnValues(row: StoredContent): unknown[] {
  return [
    row.status ?? undefined,
    row.progress ?? undefined,
    row.firstProgress ?? undefined,
    row.completedCount ?? undefined,
    row.viewCount ?? undefined,
    toDate(row.lastAccessMs),
    toDate(row.lastCompletedMs),
    row.completionPercentage ?? undefined,
    row.progressDetails ?? undefined,
    toDate(row.lastUpdatedMs),
  ];
}

/** `undefined` leaves a cell unset, where a null would write a tombstone. */
function toDate(ms: number | null): Date | undefined {
  return ms === null ? undefined : new Date(ms);
}
