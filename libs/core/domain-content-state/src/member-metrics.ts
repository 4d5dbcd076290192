import { type ContextAggregates } from './activity-aggregates.port';

/** One metric, as apps show it. */
export interface Metric {
  readonly metric: string;
  readonly value: number;
  /** Ms since epoch; null where nothing is stored. */
  readonly lastUpdatedOn: number | null;
}

/**
 * A user's metrics in an activity, by name: of a row, `aggregates` win over the legacy map; of several rows (batches),
 * the metric that was updated last counts, of equally late ones the greater value.
 */
export function memberMetrics(contexts: readonly ContextAggregates[]): Metric[] {
  const metrics = new Map<string, Metric>();
  for (const context of contexts) {
    for (const metric of metricsOfContext(context)) {
      const known = metrics.get(metric.metric);
      if (!known || isNewer(metric, known)) metrics.set(metric.metric, metric);
    }
  }
  return [...metrics.values()].sort((left, right) => (left.metric < right.metric ? -1 : 1));
}

function metricsOfContext({ legacy, aggregates, lastUpdatedMs }: ContextAggregates): Metric[] {
  return [...new Map([...legacy, ...aggregates])].map(([metric, value]) => ({
    metric,
    value,
    lastUpdatedOn: lastUpdatedMs.get(metric) ?? null,
  }));
}

function isNewer(left: Metric, right: Metric): boolean {
  const [leftMs, rightMs] = [left.lastUpdatedOn ?? 0, right.lastUpdatedOn ?? 0];
  return leftMs === rightMs ? left.value > right.value : leftMs > rightMs;
}
