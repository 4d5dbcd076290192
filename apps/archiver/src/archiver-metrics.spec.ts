import { ArchiverMetrics } from './archiver-metrics';

describe('ArchiverMetrics', () => {
  it('says what was done with weeks, and how all of them stand', async () => {
    const metrics = new ArchiverMetrics(() => 1_700_000_000_000);
    metrics.onWeek({ action: 'archive', outcome: 'archived', rows: 5, bytes: 70, durationMs: 1500 });
    metrics.onWeek({ action: 'delete', outcome: 'failed', rows: 0, bytes: 0, durationMs: 10 });
    metrics.onPlan({ weeks: new Map([['FAILED PENDING', 9]]), plannedWeeks: 4 });
    metrics.onPlan({ weeks: new Map([['SUCCESS PENDING', 2]]), plannedWeeks: 3 });
    metrics.onQuery('read', 0.002, true);
    const text = await metrics.registry.render();
    for (const line of [
      'archival_week_seconds_count{action="archive",outcome="archived"} 1',
      'archival_week_seconds_count{action="delete",outcome="failed"} 1',
      'archival_rows_total{action="archive"} 5',
      'archival_bytes_total 70',
      'archival_weeks{archival="SUCCESS",deletion="PENDING"} 2',
      'archival_planned_weeks 3',
      'archival_last_plan_timestamp_seconds 1700000000',
      'cassandra_query_seconds_count{kind="read",ok="true"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).not.toContain('archival="FAILED"');
  });
});
