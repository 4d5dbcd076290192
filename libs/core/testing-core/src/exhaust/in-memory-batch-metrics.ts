import { BatchMetrics, type CourseBatch, type LearnerMetrics } from '@scorekeep/core/domain-exhaust';

/** Metrics that a test writes down. */
export class InMemoryBatchMetrics extends BatchMetrics {
  private readonly metrics = new Map<string, LearnerMetrics>();

  /** @param legacy those of the map `agg` */
  add(
    batch: CourseBatch,
    userId: string,
    { legacy = {}, aggregates = {} }: Partial<Record<'legacy' | 'aggregates', Readonly<Record<string, number>>>>,
  ): void {
    this.metrics.set(keyOf(batch, userId), new Map(Object.entries({ ...legacy, ...aggregates })));
  }

  override async metricsOf(
    batch: CourseBatch,
    userIds: Iterable<string>,
  ): Promise<ReadonlyMap<string, LearnerMetrics>> {
    const found = new Map<string, LearnerMetrics>();
    for (const userId of userIds) {
      const metrics = this.metrics.get(keyOf(batch, userId));
      if (metrics) found.set(userId, metrics);
    }
    return found;
  }
}

function keyOf({ courseId, batchId }: CourseBatch, userId: string): string {
  return JSON.stringify([courseId, batchId, userId]);
}
