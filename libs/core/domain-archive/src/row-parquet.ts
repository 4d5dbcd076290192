import { type Answer, type StoredAttempt, type TextMap } from '@scorekeep/core/domain-scoring';
import {
  type ParquetColumn,
  type ParquetRow,
  type ParquetStruct,
  type ParquetType,
  type ParquetValue,
} from '@scorekeep/platform/domain-storage';
import { type ArchiveColumn } from './row-csv';

const textMaps: ParquetType = { list: 'text-map' };

/** The fields of a question, typed as in the table. */
const questionFields: readonly ParquetColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'assess_ts', type: 'timestamp' },
  { name: 'max_score', type: 'double' },
  { name: 'score', type: 'double' },
  { name: 'type', type: 'text' },
  { name: 'title', type: 'text' },
  { name: 'resvalues', type: textMaps },
  { name: 'params', type: textMaps },
  { name: 'description', type: 'text' },
  { name: 'duration', type: 'double' },
];

/** The columns of an archived object in Parquet: those of CSV, typed. */
export const archiveParquetColumns: readonly (ParquetColumn & { readonly name: ArchiveColumn })[] = [
  { name: 'course_id', type: 'text' },
  { name: 'batch_id', type: 'text' },
  { name: 'user_id', type: 'text' },
  { name: 'content_id', type: 'text' },
  { name: 'attempt_id', type: 'text' },
  { name: 'created_on', type: 'timestamp' },
  { name: 'grand_total', type: 'text' },
  { name: 'last_attempted_on', type: 'timestamp' },
  { name: 'total_max_score', type: 'double' },
  { name: 'total_score', type: 'double' },
  { name: 'updated_on', type: 'timestamp' },
  { name: 'question', type: { list: { struct: questionFields } } },
];

export function toParquetRow(row: StoredAttempt): ParquetRow {
  return [
    row.courseId,
    row.batchId,
    row.userId,
    row.contentId,
    row.attemptId,
    row.createdOnMs,
    row.grandTotal,
    row.lastAttemptedOnMs,
    row.totalMaxScore,
    row.totalScore,
    row.updatedOnMs,
    row.answers.map(toStruct),
  ];
}

/** The reverse. Only for rows of these very columns. */
export function fromParquetRow(row: ParquetRow): StoredAttempt {
  const [courseId, batchId, userId, contentId, attemptId, createdOnMs, grandTotal, ...rest] = row;
  const [lastAttemptedOnMs, totalMaxScore, totalScore, updatedOnMs, questions] = rest;
  return {
    userId: textOf(userId),
    courseId: textOf(courseId),
    batchId: textOf(batchId),
    contentId: textOf(contentId),
    attemptId: textOf(attemptId),
    createdOnMs: numberOrNull(createdOnMs),
    updatedOnMs: numberOrNull(updatedOnMs),
    lastAttemptedOnMs: numberOrNull(lastAttemptedOnMs),
    grandTotal: textOrNull(grandTotal),
    totalScore: numberOrNull(totalScore),
    totalMaxScore: numberOrNull(totalMaxScore),
    answers: ((questions ?? []) as readonly ParquetStruct[]).map(toAnswer),
  };
}

function toStruct(answer: Answer): ParquetStruct {
  return {
    id: answer.questionId,
    assess_ts: answer.etsMs,
    max_score: answer.maxScore,
    score: answer.score,
    type: answer.type,
    title: answer.title,
    resvalues: answer.resvalues,
    params: answer.params,
    description: answer.description,
    duration: answer.durationSeconds,
  };
}

function toAnswer(question: ParquetStruct): Answer {
  return {
    questionId: textOf(question['id']),
    etsMs: numberOrNull(question['assess_ts']) ?? 0,
    maxScore: numberOrNull(question['max_score']) ?? 0,
    score: numberOrNull(question['score']) ?? 0,
    type: textOrNull(question['type']),
    title: textOrNull(question['title']),
    description: textOrNull(question['description']),
    resvalues: (question['resvalues'] ?? []) as readonly TextMap[],
    params: (question['params'] ?? []) as readonly TextMap[],
    durationSeconds: numberOrNull(question['duration']) ?? 0,
  };
}

function textOf(value: ParquetValue | undefined): string {
  return textOrNull(value) ?? '';
}

function textOrNull(value: ParquetValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: ParquetValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
