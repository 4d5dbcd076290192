import { type Answer, latestPerQuestion, type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { guardFormula } from './formula-guard';
import { type ReportStyle } from './report-style';
import { type JsonStyle, writeMaps } from './report-json';
import { writeDuration, writeScore } from './report-number';
import { writeTime } from './report-time';

/** Names of one course and batch; unknown ones are empty or not there. */
export interface ReportNames {
  readonly collectionName: string;
  readonly batchName: string;
  /** By content id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** How the response report is written. */
export interface ResponseFormat extends ReportStyle {
  readonly jsonStyle: JsonStyle;
}

const noQuestion = Array.from({ length: 9 }, () => '');

/**
 * Rows of one attempt, cells in order of `responseColumns`.
 *
 * One row per question, in order of the questions' first appearance: of each the answer with the latest time, among
 * equal ones the first stored. An attempt without questions gives one row whose question cells are empty.
 */
export function responseRows(attempt: StoredAttempt, names: ReportNames, format: ResponseFormat): string[][] {
  const text = format.formulaGuard ? guardFormula : asIs;
  const leading = [
    text(attempt.courseId),
    text(names.collectionName),
    `BatchId_${attempt.batchId}`,
    text(names.batchName),
    text(attempt.userId),
    text(attempt.contentId),
    text(names.titles.get(attempt.contentId) ?? ''),
    text(attempt.attemptId),
    writeTime(attempt.lastAttemptedOnMs, format.timeZone),
  ];
  const counted = latestPerQuestion(attempt.answers);
  if (counted.length === 0) return [[...leading, ...noQuestion]];
  return counted.map((answer) => [...leading, ...questionCells(answer, text, format.jsonStyle)]);
}

function questionCells(answer: Answer, text: (cell: string) => string, jsonStyle: JsonStyle): string[] {
  return [
    text(answer.questionId),
    text(answer.type ?? ''),
    text(answer.title ?? ''),
    text(answer.description ?? ''),
    writeDuration(answer.durationSeconds),
    writeScore(answer.score),
    writeScore(answer.maxScore),
    writeMaps(answer.params, jsonStyle),
    writeMaps(answer.resvalues, jsonStyle),
  ];
}

function asIs(cell: string): string {
  return cell;
}
