import { type ReportOrder } from '@scorekeep/core/domain-exhaust';

/** Counts of a progress report while it streams. */
export interface ProgressFigures {
  /** In the report; somebody in two courses of the batch has a row for each. */
  rows: number;
  /** Of them, those who completed their course. */
  completed: number;
  /** Enrolments that are not in the report since they are not active. */
  leftOut: number;
}

/** What a reader of the report should know, in sentences; none when there is nothing unusual. */
export function remarksOn({ rows, leftOut }: ProgressFigures, { batchId }: ReportOrder): string[] {
  const left = `${leftOut} ${leftOut === 1 ? 'enrolment that is' : 'enrolments that are'} not active`;
  if (rows + leftOut === 0) return [`batch ${batchId} has no enrolments: the file holds the header only`];
  if (rows === 0) return [`the file holds the header only: all there is are ${left}`];
  return leftOut > 0 ? [`left out: ${left}`] : [];
}
