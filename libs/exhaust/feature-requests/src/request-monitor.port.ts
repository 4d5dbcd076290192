import { type ReportRequest, type RequestKey } from '@scorekeep/core/domain-exhaust';

/** Told what happens to requests, for logs and metrics. Must not throw. */
export abstract class RequestMonitor {
  abstract submitted(request: ReportRequest): void;
  /** Kafka did not take the message; workers find the request by themselves, some seconds later. */
  abstract notAnnounced(key: RequestKey, error: unknown): void;
  abstract begun(request: ReportRequest): void;
  /** A run ended: `SUCCESS`, `FAILED`, or `SUBMITTED` when it is to be tried again or was given back. */
  abstract ended(request: ReportRequest, error?: unknown): void;
  /** Somebody else has the request now: this worker was too slow, or could not reach Cassandra. */
  abstract lost(key: RequestKey, error: unknown): void;
  /** Looking for requests that nobody works on failed; it is done again. */
  abstract sweepFailed(error: unknown): void;
  /** Links to a report's files were handed out, or a file is fetched by one. */
  abstract downloads(what: 'handed out' | 'fetched', key: RequestKey, files: number): void;
}
