import { type ContextAggregates } from './activity-aggregates.port';
import { memberMetrics } from './member-metrics';

const context = (given: { [Map in keyof ContextAggregates]?: Record<string, number> }): ContextAggregates => ({
  legacy: new Map(Object.entries(given.legacy ?? {})),
  aggregates: new Map(Object.entries(given.aggregates ?? {})),
  lastUpdatedMs: new Map(Object.entries(given.lastUpdatedMs ?? {})),
});

describe('memberMetrics', () => {
  it('merges agg and aggregates, the latter wins, each with its lastUpdatedOn from agg_last_updated', () => {
    const row = context({
      legacy: { completedCount: 3, 'score:a': 1 },
      aggregates: { 'score:a': 1.5, 'max_score:a': 2 },
      lastUpdatedMs: { completedCount: 7, 'score:a': 8 },
    });
    expect(memberMetrics([row])).toEqual([
      { metric: 'completedCount', value: 3, lastUpdatedOn: 7 },
      { metric: 'max_score:a', value: 2, lastUpdatedOn: null },
      { metric: 'score:a', value: 1.5, lastUpdatedOn: 8 },
    ]);
  });

  it('of a user in several batches takes what was updated last, of equally late values the greater', () => {
    const first = context({ aggregates: { a: 9, b: 1, c: 1 }, lastUpdatedMs: { a: 1, b: 5 } });
    const second = context({ aggregates: { a: 2, b: 2, c: 4 }, lastUpdatedMs: { a: 2, b: 5 } });
    const expected = [
      { metric: 'a', value: 2, lastUpdatedOn: 2 },
      { metric: 'b', value: 2, lastUpdatedOn: 5 },
      { metric: 'c', value: 4, lastUpdatedOn: null },
    ];
    expect(memberMetrics([first, second])).toEqual(expected);
    expect(memberMetrics([second, first])).toEqual(expected);
  });

  it('has nothing to say of nothing', () => {
    expect(memberMetrics([])).toEqual([]);
  });
});
