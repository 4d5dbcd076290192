import { type AttemptIdentity } from '@scorekeep/core/domain-scoring';

/** What is in a report, and what was read for it. */
export interface ReportFigures {
  /** In the report; somebody in two courses of the batch counts in each. */
  learners: number;
  /** In the report. */
  attempts: number;
  /** In the report: rows with a question. */
  questions: number;
  /** In the report, the header not counted. */
  rows: number;
  /** Attempts that are not in the report: their learner is not actively enrolled. */
  attemptsLeftOut: number;
  /** Rows read; an attempt that is in several places counts in each. */
  rowsFromArchive: number;
  rowsFromTable: number;
}

/** Counts one try at a report while it streams. */
export class ReportTally {
  readonly figures: ReportFigures = {
    learners: 0,
    attempts: 0,
    questions: 0,
    rows: 0,
    attemptsLeftOut: 0,
    rowsFromArchive: 0,
    rowsFromTable: 0,
  };
  private lastLearner: AttemptIdentity | undefined;

  /** An attempt of the report: one without questions has one row. Attempts of one learner and course come one after the other. */
  addAttempt(attempt: AttemptIdentity, questions: number): void {
    const { lastLearner } = this;
    const known = lastLearner?.userId === attempt.userId && lastLearner.courseId === attempt.courseId;
    if (!known) this.figures.learners += 1;
    this.lastLearner = attempt;
    this.figures.attempts += 1;
    this.figures.questions += questions;
    this.figures.rows += Math.max(1, questions);
  }
}
