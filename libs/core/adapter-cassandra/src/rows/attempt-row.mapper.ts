import { withLazyAnswers, withQuestionCell } from '@scorekeep/core/domain-archive';
import { isMixed, type WrittenAttempt, withoutCopies } from '@scorekeep/core/domain-scoring';
import { type RawValue } from '@scorekeep/platform/adapter-cassandra';
import { isSurelySingle, questionJson } from './question-json.codec';
import { decodeQuestions } from './questions.codec';

/** Columns that describe an attempt, in every table that has attempts. */
export const ATTEMPT_SCALARS = [
  'created_on',
  'grand_total',
  'last_attempted_on',
  'total_max_score',
  'total_score',
  'updated_on',
] as const;

const KEY = 'user_id, course_id, batch_id, content_id, attempt_id';

/** A cell that is not there has no write time: the row mapper takes the highest of those that are. */
const SCALAR_WRITE_TIMES = ATTEMPT_SCALARS.map((column) => `writetime(${column}) AS ${column}_write_time`).join(', ');

/** Select list for `toWrittenAttempt` and `toBulkAttempt` on a table that holds answers. */
export const ATTEMPT_COLUMNS = `${KEY}, ${ATTEMPT_SCALARS.join(', ')}, question, question_count, ${SCALAR_WRITE_TIMES}, maxwritetime(question) AS question_write_time, writetime(question_count) AS question_count_write_time`;

/** Select list for `toWrittenAttempt` on a table without answers. */
export const ATTEMPT_COLUMNS_WITHOUT_ANSWERS = `${KEY}, ${ATTEMPT_SCALARS.join(', ')}, question_count, ${SCALAR_WRITE_TIMES}`;

/** A row selected by one of the lists above. */
export interface AttemptRowValues {
  readonly user_id: string;
  readonly course_id: string;
  readonly batch_id: string;
  readonly content_id: string;
  readonly attempt_id: string;
  readonly created_on: Date | null;
  readonly grand_total: string | null;
  readonly last_attempted_on: Date | null;
  readonly total_max_score: number | null;
  readonly total_score: number | null;
  readonly updated_on: Date | null;
  readonly question?: RawValue | null;
  readonly question_count?: number | null;
}

/** @returns the row with the highest write time of its cells; 0 for a row of which only the key is there */
export function toWrittenAttempt(row: AttemptRowValues): WrittenAttempt {
  const answers = withoutCopies(row.question ? decodeQuestions(row.question) : [], row.question_count ?? undefined);
  const mixed = row.question != null && isMixed(answers, row.question_count ?? undefined);
  return { ...scalarsOf(row), answers, ...(mixed ? { mixed } : {}) };
}

/**
 * The same, for bulk reads: the answers are built when somebody looks at them. What only writes the row elsewhere, or
 * compares it, takes the cell straight from the column's bytes.
 */
export function toBulkAttempt(row: AttemptRowValues): WrittenAttempt {
  const { question } = row;
  if (!question || !isSurelySingle(question, row.question_count ?? undefined)) return toWrittenAttempt(row);
  const attempt = withLazyAnswers(scalarsOf(row), () => decodeQuestions(question));
  return withQuestionCell(attempt, {
    json: () => questionJson(question, 'plain').toString(),
    csv: () => questionJson(question, 'quoted'),
  });
}

function scalarsOf(row: AttemptRowValues): Omit<WrittenAttempt, 'answers' | 'mixed'> {
  return {
    userId: row.user_id,
    courseId: row.course_id,
    batchId: row.batch_id,
    contentId: row.content_id,
    attemptId: row.attempt_id,
    createdOnMs: row.created_on?.getTime() ?? null,
    updatedOnMs: row.updated_on?.getTime() ?? null,
    lastAttemptedOnMs: row.last_attempted_on?.getTime() ?? null,
    grandTotal: row.grand_total,
    totalScore: row.total_score,
    totalMaxScore: row.total_max_score,
    writeTimeUs: highestWriteTimeUs(row),
  };
}

function highestWriteTimeUs(row: object): bigint {
  let highest = 0n;
  for (const [column, value] of Object.entries(row) as [string, unknown][]) {
    if (!column.endsWith('_write_time') || value === null || value === undefined) continue;
    const writeTime = BigInt(value as bigint);
    if (writeTime > highest) highest = writeTime;
  }
  return highest;
}
