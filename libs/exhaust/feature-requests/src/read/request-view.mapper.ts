import { type ReportRequest } from '@scorekeep/core/domain-exhaust';
import { type LinksToFiles } from '../links/report-links';

/** A request as callers see it. Times are ms since epoch. */
export interface RequestView {
  readonly requestId: string;
  readonly tag: string;
  readonly dataset: string;
  readonly requestedBy: string;
  readonly requestedChannel: string;
  readonly status: string;
  readonly lastUpdated: number;
  readonly datasetConfig: unknown;
  readonly outputFormat: string;
  readonly downloadUrls: readonly string[];
  readonly expiresAt: number | null;
  readonly jobStats: {
    readonly dtJobSubmitted: number;
    readonly dtJobCompleted: number | null;
    /** From the beginning of the last run to its end, ms. */
    readonly executionTime: number | null;
  };
  readonly progress: { readonly rows: number; readonly percent: number };
  readonly attempts: number;
  readonly statusMessage: string | null;
}

/** Nothing of its password, its worker or the store. */
export function toRequestView(request: ReportRequest, links: LinksToFiles): RequestView {
  const { startedOnMs, completedOnMs } = request;
  return {
    requestId: request.requestId,
    tag: request.tag,
    dataset: request.dataset,
    requestedBy: request.requestedBy,
    requestedChannel: request.channel,
    status: request.state,
    lastUpdated: request.updatedOnMs,
    datasetConfig: JSON.parse(request.config) as unknown,
    outputFormat: request.format,
    downloadUrls: links.downloadUrls,
    expiresAt: links.expiresAtMs,
    jobStats: {
      dtJobSubmitted: request.submittedOnMs,
      dtJobCompleted: completedOnMs,
      executionTime: completedOnMs === null || startedOnMs === null ? null : completedOnMs - startedOnMs,
    },
    progress: { rows: request.progress.rows, percent: request.progress.percent },
    attempts: request.tries,
    statusMessage: request.statusMessage,
  };
}
