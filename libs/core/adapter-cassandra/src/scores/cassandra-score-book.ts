import { type CassandraSession, type RawCollection, type Statement } from '@scorekeep/platform/adapter-cassandra';
import {
  entryKey,
  type LearnerInBatch,
  type LearnerScores,
  ScoreBook,
  type ScoreChanges,
} from '@scorekeep/core/domain-scoring';
import { decodeAttemptScores, encodeAttemptScore } from './attempt-scores.codec';

const ROW = 'WHERE activity_type = ? AND activity_id = ? AND user_id = ? AND context_id = ?';

const SELECT_SCORES: Statement = {
  cql: `SELECT attempts, attempts_filled, agg, aggregates, maxwritetime(aggregates) AS aggregates_write_time, certificate_state, agg_details FROM user_activity_agg ${ROW}`,
  idempotent: true,
};

const PUT_ENTRY: Statement = {
  cql: `UPDATE user_activity_agg USING TIMESTAMP ? SET attempts[?] = ? ${ROW}`,
  idempotent: true,
};

const MARK_FILLED: Statement = {
  cql: `UPDATE user_activity_agg SET attempts_filled = true ${ROW}`,
  idempotent: true,
};

const PUT_METRICS: Statement = {
  cql: `UPDATE user_activity_agg USING TIMESTAMP ? SET aggregates = aggregates + ?, agg_last_updated = agg_last_updated + ? ${ROW}`,
  idempotent: true,
};

const PUT_CERTIFICATE_STATE: Statement = {
  cql: `UPDATE user_activity_agg SET certificate_state = ? ${ROW}`,
  idempotent: true,
};

interface ScoreRow {
  readonly attempts: RawCollection | null;
  readonly attempts_filled: boolean | null;
  readonly agg: ReadonlyMap<string, number> | null;
  readonly aggregates: ReadonlyMap<string, number> | null;
  readonly aggregates_write_time: bigint | null;
  readonly certificate_state: string | null;
  readonly agg_details: readonly string[] | null;
}

const NOTHING: LearnerScores = {
  attempts: new Map(),
  filled: false,
  aggregates: new Map(),
  legacyAggregates: new Map(),
  aggregatesWriteTimeUs: 0n,
  certificateState: null,
  aggDetails: [],
};

/** Learners' scores in `user_activity_agg`, one row each. */
export class CassandraScoreBook extends ScoreBook {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async read(learner: LearnerInBatch): Promise<LearnerScores> {
    const row = await this.session.one(SELECT_SCORES, rowKey(learner));
    return row ? toLearnerScores(row as unknown as ScoreRow) : NOTHING;
  }

  override async write(learner: LearnerInBatch, changes: ScoreChanges): Promise<void> {
    const key = rowKey(learner);
    const entries = changes.entries.map((entry) => ({
      statement: PUT_ENTRY,
      params: [entry.writeTimeUs, entryKey(entry), encodeAttemptScore(entry), ...key],
    }));
    await this.session.writeTogether([...entries, ...markers(changes, key), ...metrics(changes, key)]);
  }
}

function markers(changes: ScoreChanges, key: readonly string[]): { statement: Statement; params: unknown[] }[] {
  return [
    ...(changes.markFilled ? [{ statement: MARK_FILLED, params: [...key] }] : []),
    ...(changes.certificateState === undefined
      ? []
      : [{ statement: PUT_CERTIFICATE_STATE, params: [changes.certificateState, ...key] }]),
  ];
}

function metrics(
  { metrics: changed }: ScoreChanges,
  key: readonly string[],
): { statement: Statement; params: unknown[] }[] {
  if (!changed) return [];
  const changedOn = new Date(changed.changedOnMs);
  const times = new Map([...changed.values.keys()].map((name) => [name, changedOn]));
  return [{ statement: PUT_METRICS, params: [changed.writeTimeUs, changed.values, times, ...key] }];
}

function rowKey({ userId, courseId, batchId }: LearnerInBatch): [string, string, string, string] {
  return ['Course', courseId, userId, `cb:${batchId}`];
}

function toLearnerScores(row: ScoreRow): LearnerScores {
  return {
    attempts: row.attempts ? decodeAttemptScores(row.attempts) : new Map(),
    filled: row.attempts_filled ?? false,
    aggregates: row.aggregates ?? new Map(),
    legacyAggregates: row.agg ?? new Map(),
    aggregatesWriteTimeUs: BigInt(row.aggregates_write_time ?? 0n),
    certificateState: row.certificate_state,
    aggDetails: row.agg_details ?? [],
  };
}
