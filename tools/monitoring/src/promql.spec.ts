import { metricsOf } from './promql';

describe('metricsOf', () => {
  it.each([
    ['up', [['up', []]]],
    ['a_total{x="1", y=~"b|c"} > 0.5', [['a_total', ['x', 'y']]]],
    ['sum by (route, le) (rate(b_bucket{job="api"}[5m]))', [['b_bucket', ['job', 'le', 'route']]]],
    [
      'histogram_quantile(0.99, sum(rate(c_bucket[5m])) by (le)) / max by (z) (d offset 30m)',
      [
        ['c_bucket', ['le']],
        ['d', ['z']],
      ],
    ],
    ['time() - max(e)', [['e', []]]],
  ])('%s', (expression, uses) => {
    expect(metricsOf(expression)).toEqual(uses.map(([metric, labels]) => ({ metric, labels })));
  });

  it.each(['sum(a', 'a_total{x=}', 'rate(a[5m]', '{job="x"}', 'a >', ''])('refuses %j', (expression) => {
    expect(() => metricsOf(expression)).toThrow(SyntaxError);
  });
});
