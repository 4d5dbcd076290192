import { type CourseBatch } from './course-batch';

/** Metrics of one learner by name: `score:<content>`, `max_score:<content>`, others' too. */
export type LearnerMetrics = ReadonlyMap<string, number>;

/** What is stored of learners' scores in a batch, for good: the same before and after answers are archived. */
export abstract class BatchMetrics {
  /**
   * Metrics by user id; learners without any are not in it. The legacy ones are there too, unless newer ones have the
   * same name. Each learner is read by key at quorum, few at a time; repeated ids cost one read.
   */
  abstract metricsOf(batch: CourseBatch, userIds: Iterable<string>): Promise<ReadonlyMap<string, LearnerMetrics>>;
}
