import { type MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { type HttpReply, type HttpRequest } from './http-types';
import { type RequestGate } from './request-gate';

const DURATION_BUCKETS_S = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** What operators see of the requests: by route (its pattern: few values), never by URL or user. */
export class RequestMetrics {
  private readonly durations;
  private readonly refused;

  constructor(metrics: MetricsRegistry, gate: RequestGate) {
    this.durations = metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request to the end of the answer',
      labels: ['route', 'method', 'status'],
      buckets: DURATION_BUCKETS_S,
    });
    this.refused = metrics.counter({
      name: 'http_requests_refused_total',
      help: 'Requests refused before their handler, by reason: saturated, too_many_requests, unauthenticated',
      labels: ['reason'],
    });
    metrics.observedGauge({ name: 'http_requests_working', help: 'Requests worked on' }, () => gate.inside);
    metrics.observedGauge(
      { name: 'http_requests_waiting', help: 'Requests waiting for their turn' },
      () => gate.outside,
    );
  }

  /** The answer was sent. */
  ended({ routeOptions, method }: HttpRequest, { statusCode, elapsedTime }: HttpReply): void {
    const route = routeOptions.url ?? 'none';
    this.durations.observe({ route, method, status: String(statusCode) }, elapsedTime / 1000);
  }

  /** @param code of the error, `HTTP.SATURATED` say; others than refusals are not counted */
  failed(code: string): void {
    const reason = refusals.get(code);
    if (reason !== undefined) this.refused.inc({ reason });
  }
}

const refusals = new Map([
  ['HTTP.SATURATED', 'saturated'],
  ['HTTP.TOO_MANY_REQUESTS', 'too_many_requests'],
  ['HTTP.UNAUTHENTICATED', 'unauthenticated'],
]);
