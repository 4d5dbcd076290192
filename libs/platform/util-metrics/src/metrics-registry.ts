import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** `name` in snake case with its unit (`…_seconds`, `…_bytes`, `…_total`); `help` is shown to operators. */
export interface MetricOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  /** Few values each: never an id of a learner, course or batch. */
  readonly labels?: readonly Label[];
}

export interface HistogramOptions<Label extends string> extends MetricOptions<Label> {
  /** Upper bounds in the metric's unit, ascending. */
  readonly buckets: readonly number[];
}

export interface MetricsOptions {
  /** Also the process's own: CPU, memory, event loop lag. Default false. */
  readonly processMetrics?: boolean;
}

/** The metrics of one app. Nothing is global: two registries in one process do not see each other. Its own injection token. */
export class MetricsRegistry {
  private readonly registry = new Registry();
  readonly contentType: string = this.registry.contentType;

  constructor({ processMetrics = false }: MetricsOptions = {}) {
    if (processMetrics) collectDefaultMetrics({ register: this.registry });
  }

  /** Only grows. @throws when the name is taken. */
  counter<Label extends string = never>(options: MetricOptions<Label>): Counter<Label> {
    return new Counter(this.configuration(options));
  }

  /** Goes up and down. @throws when the name is taken. */
  gauge<Label extends string = never>(options: MetricOptions<Label>): Gauge<Label> {
    return new Gauge(this.configuration(options));
  }

  /** A gauge whose value is asked for whenever metrics are rendered. @throws when the name is taken. */
  observedGauge(options: MetricOptions<never>, read: () => number): void {
    new Gauge({
      ...this.configuration(options),
      collect() {
        this.set(read());
      },
    });
  }

  /** Counts observations by size. @throws when the name is taken. */
  histogram<Label extends string = never>({ buckets, ...options }: HistogramOptions<Label>): Histogram<Label> {
    return new Histogram({ ...this.configuration(options), buckets: [...buckets] });
  }

  /** All metrics in Prometheus' text format, to be served with `contentType`. */
  render(): Promise<string> {
    return this.registry.metrics();
  }

  private configuration<Label extends string>({ name, help, labels = [] }: MetricOptions<Label>) {
    return { name, help, labelNames: [...labels], registers: [this.registry] };
  }
}
