import { type CourseBatch } from './course-batch';

/** Who takes part in a batch. */
export abstract class Enrolments {
  /**
   * Those of `userIds` whose enrolment in the batch is active; learners without an enrolment are not. Read at quorum,
   * with bounded concurrency whatever the number of ids; repeated ids cost one read.
   */
  abstract activeAmong(batch: CourseBatch, userIds: Iterable<string>): Promise<ReadonlySet<string>>;
}
