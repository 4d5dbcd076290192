import { type BatchReport } from '@scorekeep/platform/adapter-kafka';
import { type QueryKind } from '@scorekeep/platform/adapter-cassandra';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the ingest counts. */
export class IngestMetrics {
  readonly registry = new MetricsRegistry({ processMetrics: true });
  private readonly events = this.registry.counter({
    name: 'ingest_events_total',
    help: 'Events by what became of them; one that was retried twice counts twice there',
    labels: ['outcome'],
  });
  private readonly lag = this.registry.gauge({
    name: 'ingest_lag_records',
    help: 'Records left to be read, as of the last micro-batch',
    labels: ['partition'],
  });
  private readonly batches = this.registry.histogram({
    name: 'ingest_batch_seconds',
    help: 'From the first call of the handler to the commit, waiting for servers included',
    buckets: SECONDS,
  });
  private readonly queries = this.registry.histogram({
    name: 'cassandra_query_seconds',
    help: 'Requests to Cassandra',
    labels: ['kind', 'ok'],
    buckets: SECONDS,
  });

  onBatch({ outcomes, partition, durationMs, lag }: BatchReport): void {
    this.events.inc({ outcome: 'done' }, outcomes.done);
    this.events.inc({ outcome: 'skipped' }, outcomes.skipped);
    this.events.inc({ outcome: 'retried' }, outcomes.retried);
    this.events.inc({ outcome: 'dead-lettered' }, outcomes.deadLettered);
    this.lag.set({ partition: String(partition) }, lag);
    this.batches.observe(durationMs / 1000);
  }

  onQuery(kind: QueryKind, seconds: number, ok: boolean): void {
    this.queries.observe({ kind, ok: String(ok) }, seconds);
  }
}
