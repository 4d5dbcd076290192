export { type Counter, type Gauge, type Histogram } from 'prom-client';
export { MetricsRegistry, type HistogramOptions, type MetricOptions, type MetricsOptions } from './metrics-registry';
