import { MetricsRegistry } from './metrics-registry';

describe('MetricsRegistry', () => {
  it('renders what was counted, by label', async () => {
    const metrics = new MetricsRegistry();
    const events = metrics.counter({ name: 'events_total', help: 'Events', labels: ['outcome'] });
    const lag = metrics.gauge({ name: 'lag_records', help: 'Lag' });
    const duration = metrics.histogram({ name: 'write_seconds', help: 'Writes', labels: ['table'], buckets: [0.1, 1] });
    events.inc({ outcome: 'done' }, 2);
    events.inc({ outcome: 'skip' });
    lag.set(7);
    duration.observe({ table: 'attempts' }, 0.5);
    expect((await metrics.render()).split('\n')).toEqual(
      expect.arrayContaining([
        '# HELP events_total Events',
        'events_total{outcome="done"} 2',
        'events_total{outcome="skip"} 1',
        'lag_records 7',
        'write_seconds_bucket{le="0.1",table="attempts"} 0',
        'write_seconds_bucket{le="1",table="attempts"} 1',
        'write_seconds_count{table="attempts"} 1',
      ]),
    );
    expect(metrics.contentType).toContain('text/plain');
  });

  it('asks for the value of an observed gauge each time', async () => {
    const metrics = new MetricsRegistry();
    let writes = 3;
    metrics.observedGauge({ name: 'writes_in_flight', help: 'Writes' }, () => writes);
    expect(await metrics.render()).toContain('writes_in_flight 3\n');
    writes = 0;
    expect(await metrics.render()).toContain('writes_in_flight 0\n');
  });

  it('keeps registries apart', async () => {
    const [one, other] = [new MetricsRegistry(), new MetricsRegistry()];
    one.counter({ name: 'same_total', help: 'Same' }).inc();
    other.counter({ name: 'same_total', help: 'Same' });
    expect(await one.render()).toContain('same_total 1');
    expect(await other.render()).toContain('same_total 0');
  });

  it('refuses a name twice', () => {
    const metrics = new MetricsRegistry();
    metrics.counter({ name: 'same_total', help: 'Same' });
    expect(() => metrics.counter({ name: 'same_total', help: 'Same' })).toThrow(/already been registered/);
  });

  it('adds metrics of the process on demand', async () => {
    expect(await new MetricsRegistry({ processMetrics: true }).render()).toContain('nodejs_eventloop_lag_seconds');
    expect(await new MetricsRegistry().render()).not.toContain('nodejs_');
  });
});
