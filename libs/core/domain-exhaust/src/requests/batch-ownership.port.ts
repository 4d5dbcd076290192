import { type CourseBatch } from '../course-batch';

/** Which batches there are, and whose they are. */
export abstract class BatchOwnership {
  /** Whether there is such a batch. @throws CASSANDRA.* */
  abstract knows(batch: CourseBatch): Promise<boolean>;

  /**
   * The organisations to which a batch belongs: that of its collection (its `channel`), else those for which the batch was
   * made; empty: not known. @throws CASSANDRA.*
   */
  abstract organisationsOf(batch: CourseBatch): Promise<ReadonlySet<string>>;
}
