import { outcomeLabels, OutcomeMonitor } from '@scorekeep/ingest/feature-attempts';
import { type BatchReport, type ConsumerStatus } from '@scorekeep/platform/adapter-kafka';
import { type QueryKind } from '@scorekeep/platform/adapter-cassandra';
import { type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { type PartitionLags } from './lag-watch';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const WRITES: ReadonlySet<QueryKind> = new Set<QueryKind>(['write', 'batch', 'compare-and-set']);

/** What the ingest counts. No label says anything of a learner, course or batch. */
export class IngestMetrics extends OutcomeMonitor {
  readonly registry = new MetricsRegistry({ processMetrics: true });
  private writesInFlight = 0;
  private readonly events = this.registry.counter({
    name: 'ingest_events_total',
    help: 'Events by what was decided of them and why; one that is handled again is counted again',
    labels: ['outcome', 'reason'],
  });
  private readonly lag = this.registry.gauge({
    name: 'ingest_lag_records',
    help: 'Records that are not committed yet, of the partitions of this instance',
    labels: ['partition'],
  });
  private readonly batches = this.registry.histogram({
    name: 'ingest_batch_seconds',
    help: 'From the first call of the handler to the commit, waiting for servers included',
    buckets: SECONDS,
  });
  private readonly queries = this.registry.histogram({
    name: 'cassandra_query_seconds',
    help: 'Requests to Cassandra by kind (read, write, batch, compare-and-set, ddl) and whether they succeeded',
    labels: ['kind', 'ok'],
    buckets: SECONDS,
  });

  constructor() {
    super();
    this.registry.observedGauge(
      { name: 'ingest_writes_in_flight', help: 'Writes that Cassandra has not acknowledged yet' },
      () => this.writesInFlight,
    );
  }

  /** @param read the consumer's state at the moment; undefined before it was started */
  observeConsumer(read: () => ConsumerStatus | undefined): void {
    this.registry.observedGauge(
      { name: 'ingest_retrying_partitions', help: 'Partitions that wait for a server, to handle records again' },
      () => read()?.retryingPartitions ?? 0,
    );
    this.registry.observedGauge(
      { name: 'ingest_assigned_partitions', help: 'Partitions that this instance consumes' },
      () => read()?.assigned.length ?? 0,
    );
  }

  override onOutcomes(outcomes: readonly RecordOutcome[]): void {
    for (const outcome of outcomes) this.events.inc({ ...outcomeLabels(outcome) });
  }

  onBatch({ durationMs }: BatchReport): void {
    this.batches.observe(durationMs / 1000);
  }

  /** Partitions that are not named are not this instance's any more. */
  onLag(lags: PartitionLags): void {
    this.lag.reset();
    for (const [partition, records] of lags) this.lag.set({ partition: String(partition) }, records);
  }

  onQueryStart(kind: QueryKind): void {
    if (WRITES.has(kind)) this.writesInFlight += 1;
  }

  onQuery(kind: QueryKind, seconds: number, ok: boolean): void {
    if (WRITES.has(kind)) this.writesInFlight -= 1;
    this.queries.observe({ kind, ok: String(ok) }, seconds);
  }
}
