import { type MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { type HttpReply, type HttpRequest } from './http-types';

/** Durations of all requests, by route (its pattern: few values), method and status. */
export function requestDurations(metrics: MetricsRegistry): (request: HttpRequest, reply: HttpReply) => void {
  const durations = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of the answer',
    labels: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
  });
  return ({ routeOptions, method }, { statusCode, elapsedTime }) => {
    durations.observe({ route: routeOptions.url ?? 'none', method, status: String(statusCode) }, elapsedTime / 1000);
  };
}
