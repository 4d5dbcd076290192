/** A batch of a course. */
export interface BatchOfCourse {
  readonly courseId: string;
  readonly batchId: string;
}

/** Status of a batch that is under way. */
export const ONGOING = 1;

/** States of batches: 0 not started, 1 ongoing, 2 ended. */
export abstract class BatchStates {
  /**
   * By `batchKey`, of those batches that are known; null where a known batch has no state.
   * @throws CASSANDRA.*
   */
  abstract of(batches: Iterable<BatchOfCourse>): Promise<ReadonlyMap<string, number | null>>;
}

/** One text per course and batch, for look-ups in memory. */
export function batchKey({ courseId, batchId }: BatchOfCourse): string {
  return `${courseId.length}:${courseId}:${batchId}`;
}
