import { ArchivalMonitor, type StateReport, type WeekReport } from '@scorekeep/archival/feature-archive';
import { type QueryKind } from '@scorekeep/platform/adapter-cassandra';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';

const QUERY_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
const WEEK_SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600];

/** What the archiver's service counts. No label says anything of a batch. */
export class ArchiverMetrics extends ArchivalMonitor {
  readonly registry = new MetricsRegistry({ processMetrics: true });
  private readonly weekSeconds = this.registry.histogram({
    name: 'archival_week_seconds',
    help: 'Weeks worked on by action (archive, delete) and outcome, and how long each took',
    labels: ['action', 'outcome'],
    buckets: WEEK_SECONDS,
  });
  private readonly rows = this.registry.counter({
    name: 'archival_rows_total',
    help: 'Rows archived or deleted',
    labels: ['action'],
  });
  private readonly bytes = this.registry.counter({
    name: 'archival_bytes_total',
    help: 'Compressed bytes archived',
  });
  private readonly recorded = this.registry.gauge({
    name: 'archival_weeks',
    help: 'Recorded weeks by their states, as of the last plan of this instance',
    labels: ['archival', 'deletion'],
  });
  private readonly planned = this.registry.gauge({
    name: 'archival_planned_weeks',
    help: 'Weeks that needed archiving at the last plan of this instance',
  });
  private readonly lastPlan = this.registry.gauge({
    name: 'archival_last_plan_timestamp_seconds',
    help: 'When this instance last planned, seconds since epoch; 0: not yet',
  });
  private readonly queries = this.registry.histogram({
    name: 'cassandra_query_seconds',
    help: 'Requests to Cassandra by kind (read, write, batch, compare-and-set, ddl) and whether they succeeded',
    labels: ['kind', 'ok'],
    buckets: QUERY_SECONDS,
  });

  constructor(private readonly nowMs: () => number) {
    super();
  }

  override onWeek({ action, outcome, rows, bytes, durationMs }: WeekReport): void {
    this.weekSeconds.observe({ action, outcome }, durationMs / 1000);
    this.rows.inc({ action }, rows);
    this.bytes.inc(bytes);
  }

  override onPlan({ weeks, plannedWeeks }: StateReport): void {
    this.recorded.reset();
    for (const [state, count] of weeks) {
      const [archival = '', deletion = ''] = state.split(' ');
      this.recorded.set({ archival, deletion }, count);
    }
    this.planned.set(plannedWeeks);
    this.lastPlan.set(this.nowMs() / 1000);
  }

  onQuery(kind: QueryKind, seconds: number, ok: boolean): void {
    this.queries.observe({ kind, ok: String(ok) }, seconds);
  }
}
