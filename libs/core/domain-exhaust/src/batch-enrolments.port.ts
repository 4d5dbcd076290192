import { type CourseBatch } from './course-batch';
import { type Enrolment } from './enrolment';

/** Everybody who takes part in a batch, found at a cost that follows the batch and not the table. Reads at quorum. */
export abstract class BatchEnrolments {
  /** Courses that somebody is enrolled in with this batch, by id. */
  abstract coursesOf(batchId: string): Promise<string[]>;

  /** Enrolments, active or not, in the order of learners' tokens, of every course unless one is named. */
  abstract enrolmentsOf(batch: Pick<CourseBatch, 'batchId'> & Partial<CourseBatch>): AsyncIterable<Enrolment>;

  /** How much of a batch comes before an enrolment, 0–100, roughly. */
  abstract percentBefore(enrolment: Enrolment): number;
}
