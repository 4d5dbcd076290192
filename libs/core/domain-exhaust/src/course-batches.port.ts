import { type CourseBatch } from './course-batch';

/** What is known of batches. */
export abstract class CourseBatches {
  /** The batch's name; undefined when the batch is unknown or has none. */
  abstract nameOf(batch: CourseBatch): Promise<string | undefined>;
}
