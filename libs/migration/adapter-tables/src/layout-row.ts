import {
  type AttemptRowValues,
  ATTEMPT_SCALARS,
  decodeQuestions,
  encodeQuestions,
  isSurelySingle,
} from '@scorekeep/core/adapter-cassandra';
import {
  type AttemptIdentity,
  latestPerQuestion,
  withoutCopies,
  type WriteTimeUs,
} from '@scorekeep/core/domain-scoring';
import { type RawValue } from '@scorekeep/platform/adapter-cassandra';

export interface Cell {
  readonly value: unknown;
  readonly writeTimeUs: WriteTimeUs;
}

/** The column `question`: bytes of the list, whole copies taken as one. */
export interface AnswersCell {
  readonly bytes: Buffer;
  readonly fields: readonly string[];
  readonly count: number;
  readonly writeTimeUs: WriteTimeUs;
}

/** A row as its cells, each with its write time; answers stay the bytes that they are. */
export interface LayoutRow {
  readonly attempt: AttemptIdentity;
  /** Of all columns but the answers; those that have a value. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly answers?: AnswersCell;
}

/** The column in which a write says how many answers it held. */
export const COUNT_COLUMN = 'question_count';
const COLUMNS = [...ATTEMPT_SCALARS, COUNT_COLUMN];

/** @param values selected by `ATTEMPT_COLUMNS`, or without `question` */
export function toLayoutRow(values: AttemptRowValues): LayoutRow {
  const record = values as unknown as Readonly<Record<string, unknown>>;
  const cells = new Map<string, Cell>();
  for (const column of COLUMNS) {
    const value = record[column] ?? null;
    const writeTime = record[`${column}_write_time`] ?? null;
    if (value !== null && writeTime !== null) cells.set(column, { value, writeTimeUs: BigInt(writeTime as bigint) });
  }
  const attempt = {
    userId: values.user_id,
    courseId: values.course_id,
    batchId: values.batch_id,
    contentId: values.content_id,
    attemptId: values.attempt_id,
  };
  const answers = answersOf(values.question ?? null, record['question_write_time'], values.question_count ?? undefined);
  return { attempt, cells, ...(answers ? { answers } : {}) };
}

/** The highest write time of the row's cells; 0 without any. */
export function writeTimeOfRow({ cells, answers }: LayoutRow): WriteTimeUs {
  const times = [...cells.values(), ...(answers ? [answers] : [])].map(({ writeTimeUs }) => writeTimeUs);
  return times.reduce((highest, time) => (time > highest ? time : highest), 0n);
}

/** One answer per question, as the unified layout has them; undefined when the list is so already. */
export function withoutRepeats({ bytes, fields }: AnswersCell): { bytes: Buffer; count: number } | undefined {
  const all = decodeQuestions({ bytes, fields });
  const latest = latestPerQuestion(all);
  return latest.length === all.length ? undefined : { bytes: encodeQuestions(latest, fields), count: latest.length };
}

function answersOf(
  raw: RawValue | null,
  writeTime: unknown,
  writtenCount: number | undefined,
): AnswersCell | undefined {
  if (!raw || writeTime === null || writeTime === undefined) return undefined;
  const once = writtenOnce(raw, writtenCount);
  return { ...once, fields: raw.fields, writeTimeUs: BigInt(writeTime as bigint) };
}

/** Only a list that may hold copies of itself is decoded: that is nine tenths of the cost of reading it. */
function writtenOnce({ bytes, fields }: RawValue, writtenCount: number | undefined): { bytes: Buffer; count: number } {
  const count = bytes.readInt32BE(0);
  if (isSurelySingle({ bytes, fields }, writtenCount)) return { bytes, count };
  const all = decodeQuestions({ bytes, fields });
  const once = withoutCopies(all, writtenCount);
  return once.length === all.length ? { bytes, count } : { bytes: encodeQuestions(once, fields), count: once.length };
}
