import { type CassandraSession, type RawValue, type Statement } from '@scorekeep/platform/adapter-cassandra';
import {
  type AttemptScore,
  type AttemptScores,
  entryKey,
  type LearnerInBatch,
  type LearnerScores,
  ScoreBook,
  type ScoreChanges,
} from '@scorekeep/core/domain-scoring';
import { decodeAttemptScores, encodeAttemptScore } from './attempt-scores.codec';

const ROW = 'WHERE activity_type = ? AND activity_id = ? AND user_id = ? AND context_id = ?';

/** Select list for `toLearnerScores`. */
export const SCORE_COLUMNS =
  'attempts, attempts_filled, agg, aggregates, maxwritetime(aggregates) AS aggregates_write_time, certificate_state, writetime(certificate_state) AS certificate_state_time, agg_details';

const SELECT_SCORES: Statement = {
  cql: `SELECT ${SCORE_COLUMNS} FROM user_activity_agg ${ROW}`,
  idempotent: true,
};

const PUT_ENTRY: Statement = {
  cql: `UPDATE user_activity_agg USING TIMESTAMP ? SET attempts[?] = ? ${ROW}`,
  idempotent: true,
};

const REMOVE_ENTRY: Statement = {
  cql: `DELETE attempts[?] FROM user_activity_agg USING TIMESTAMP ? ${ROW}`,
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
  cql: `UPDATE user_activity_agg USING TIMESTAMP ? SET certificate_state = ? ${ROW}`,
  idempotent: true,
};

/** The element of the map that each of so many keys has, and when every element was written. */
const selectWritten = (keys: number): Statement => ({
  cql: `SELECT attempts_filled, writetime(attempts) AS write_times, aggregates, maxwritetime(aggregates) AS aggregates_write_time${Array.from({ length: keys }, (_, index) => `, attempts[?] AS entry_${index}`).join('')} FROM user_activity_agg ${ROW}`,
  idempotent: true,
});

/** For more entries at once the whole row is read. */
const MOST_KEYS = 16;
const SELECT_WRITTEN = Array.from({ length: MOST_KEYS + 1 }, (_, keys) => selectWritten(keys));

type MetricsRow = Pick<ScoreRow, 'aggregates' | 'aggregates_write_time'>;

/** A row selected by `SCORE_COLUMNS`. */
export interface ScoreRow {
  readonly attempts: RawValue | null;
  readonly attempts_filled: boolean | null;
  readonly agg: ReadonlyMap<string, number> | null;
  readonly aggregates: ReadonlyMap<string, number> | null;
  readonly aggregates_write_time: bigint | null;
  readonly certificate_state: string | null;
  readonly certificate_state_time: bigint | null;
  readonly agg_details: readonly string[] | null;
}

const NOTHING: LearnerScores = {
  attempts: new Map(),
  filled: false,
  aggregates: new Map(),
  legacyAggregates: new Map(),
  aggregatesWriteTimeUs: 0n,
  certificateState: null,
  certificateStateTimeUs: 0n,
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

  /** By the write times of all entries, which the server gives without the entries themselves. */
  override async holds(
    learner: LearnerInBatch,
    expected: LearnerScores,
    written: readonly AttemptScore[],
  ): Promise<boolean> {
    const statement = SELECT_WRITTEN[written.length];
    if (!statement) return false;
    const row = await this.session.one(statement, [...written.map(entryKey), ...rowKey(learner)]);
    if (!row || row['attempts_filled'] !== expected.filled) return false;
    if (!sameMetrics(row as unknown as MetricsRow, expected)) return false;
    const isStored = (entry: AttemptScore, index: number): boolean =>
      (row[`entry_${index}`] as RawValue | null)?.bytes.equals(encodeAttemptScore(entry)) === true;
    return written.every(isStored) && sameTimes(row['write_times'] as readonly bigint[] | null, expected.attempts);
  }

  override async write(learner: LearnerInBatch, changes: ScoreChanges): Promise<void> {
    const key = rowKey(learner);
    const entries = changes.entries.map((entry) => ({
      statement: PUT_ENTRY,
      params: [entry.writeTimeUs, entryKey(entry), encodeAttemptScore(entry), ...key],
    }));
    const removed = (changes.removed ?? []).map((entry) => ({
      statement: REMOVE_ENTRY,
      params: [entryKey(entry), entry.writeTimeUs, ...key],
    }));
    await this.session.writeTogether([...entries, ...removed, ...markers(changes, key), ...metrics(changes, key)]);
  }
}

function markers(changes: ScoreChanges, key: readonly string[]): { statement: Statement; params: unknown[] }[] {
  return [
    ...(changes.markFilled ? [{ statement: MARK_FILLED, params: [...key] }] : []),
    ...(changes.certificate
      ? [
          {
            statement: PUT_CERTIFICATE_STATE,
            params: [changes.certificate.writeTimeUs, changes.certificate.state, ...key],
          },
        ]
      : []),
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

/** Two writers may have had one time for their metrics: of equally late values the larger bytes stay, whoever is right. */
function sameMetrics(row: MetricsRow, expected: LearnerScores): boolean {
  return (
    BigInt(row.aggregates_write_time ?? 0n) === expected.aggregatesWriteTimeUs &&
    [...expected.aggregates].every(([key, value]) => row.aggregates?.get(key) === value)
  );
}

/** The server gives the times in the order of its keys, which is not ours. */
function sameTimes(stored: readonly bigint[] | null, expected: AttemptScores): boolean {
  if ((stored?.length ?? 0) !== expected.size) return false;
  const left = BigInt64Array.from(stored ?? []).sort();
  const right = BigInt64Array.from([...expected.values()].map(({ writeTimeUs }) => writeTimeUs)).sort();
  return left.every((time, index) => time === right[index]);
}

export function toLearnerScores(row: ScoreRow): LearnerScores {
  return {
    attempts: row.attempts ? decodeAttemptScores(row.attempts) : new Map(),
    filled: row.attempts_filled ?? false,
    aggregates: row.aggregates ?? new Map(),
    legacyAggregates: row.agg ?? new Map(),
    aggregatesWriteTimeUs: BigInt(row.aggregates_write_time ?? 0n),
    certificateState: row.certificate_state,
    certificateStateTimeUs: BigInt(row.certificate_state_time ?? 0n),
    aggDetails: row.agg_details ?? [],
  };
}
