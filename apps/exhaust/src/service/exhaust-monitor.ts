import { datasets, type ReportRequest, type RequestKey } from '@scorekeep/core/domain-exhaust';
import { RequestMonitor } from '@scorekeep/exhaust/feature-requests';
import { messageOf } from '@scorekeep/platform/util-errors';
import { type Logger } from '@scorekeep/platform/util-logging';
import { type MetricsRegistry } from '@scorekeep/platform/util-metrics';

/** What a request is after a run. */
const RUN_ENDS = ['SUCCESS', 'FAILED', 'SUBMITTED'] as const;
const RUN_SECONDS = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600];

/** Log and metrics of requests. Who asked, passwords and links are in neither. */
export class ExhaustMonitor extends RequestMonitor {
  private readonly submissions;
  private readonly runs;
  private readonly seconds;
  private readonly links;

  constructor(
    private readonly logger: Logger,
    metrics: MetricsRegistry,
  ) {
    super();
    this.submissions = metrics.counter({
      name: 'exhaust_submissions_total',
      help: 'Requests for reports that were submitted anew',
      labels: ['dataset'],
    });
    this.runs = metrics.counter({
      name: 'exhaust_runs_total',
      help: 'Runs that ended, by what the request is now: SUBMITTED waits for another try',
      labels: ['dataset', 'state'],
    });
    this.seconds = metrics.histogram({
      name: 'exhaust_run_seconds',
      help: 'How long runs took that succeeded',
      labels: ['dataset'],
      buckets: RUN_SECONDS,
    });
    this.links = metrics.counter({
      name: 'exhaust_links_total',
      help: 'Links to reports that were handed out, and files of the local store that were fetched by one',
      labels: ['what'],
    });
    this.beginAtZero();
  }

  /** A counter that appears with its first event would hide that event from `increase`. */
  private beginAtZero(): void {
    for (const dataset of datasets) {
      this.submissions.inc({ dataset }, 0);
      for (const state of RUN_ENDS) this.runs.inc({ dataset, state }, 0);
    }
  }

  override submitted(request: ReportRequest): void {
    this.submissions.inc({ dataset: request.dataset });
    this.logger.info('reports were asked for', factsOf(request));
  }

  override notAnnounced(key: RequestKey, error: unknown): void {
    this.logger.warn('Kafka did not take a request: workers find it by themselves, a little later', {
      ...nameOf(key),
      error,
    });
  }

  override begun(request: ReportRequest): void {
    this.logger.info('reports are made', { ...factsOf(request), run: request.run, attempt: request.tries });
  }

  override ended(request: ReportRequest, error?: unknown): void {
    const { dataset, state, startedOnMs, updatedOnMs } = request;
    this.runs.inc({ dataset, state });
    const durationMs = updatedOnMs - (startedOnMs ?? updatedOnMs);
    const facts = { ...factsOf(request), durationMs, rows: request.progress.rows, files: request.files.length };
    if (state === 'SUCCESS') {
      this.seconds.observe({ dataset }, durationMs / 1000);
      this.logger.info('reports are done', facts);
    } else if (state === 'SUBMITTED') {
      this.logger.warn('reports are not done, they will be made again', { ...facts, error });
    } else {
      this.logger.error(`reports failed: ${request.statusMessage ?? messageOf(error)}`, { ...facts, error });
    }
  }

  override lost(key: RequestKey, error: unknown): void {
    this.logger.warn('a request is left to another worker', { ...nameOf(key), error });
  }

  override sweepFailed(error: unknown): void {
    this.logger.warn('cannot look for requests that nobody works on; it is tried again', { error });
  }

  override downloads(what: 'handed out' | 'fetched', key: RequestKey, files: number): void {
    this.links.inc({ what }, files);
    this.logger.info(what === 'fetched' ? 'a report is fetched' : 'links to reports were handed out', {
      ...nameOf(key),
      files,
    });
  }
}

/** The log's own field `requestId` would be that of a call. */
function nameOf({ tag, requestId }: RequestKey) {
  return { tag, report: requestId };
}

function factsOf(request: ReportRequest) {
  const { dataset, channel, batchIds, format, submission } = request;
  return { ...nameOf(request), dataset, channel, batches: batchIds.length, format, submission };
}
