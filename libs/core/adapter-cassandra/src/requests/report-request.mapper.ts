import {
  type Dataset,
  type ReportFile,
  type ReportFormat,
  type ReportRequest,
  type RequestState,
} from '@scorekeep/core/domain-exhaust';

/** A row of `exhaust_request`, as the driver gives it. */
export interface ReportRequestValues {
  readonly tag: string;
  readonly request_id: string;
  readonly dataset: Dataset;
  readonly requested_by: string;
  readonly channel: string;
  readonly organisation_id: string;
  readonly collection_id: string;
  readonly batch_ids: readonly string[];
  readonly config: string;
  readonly format: ReportFormat;
  readonly state: RequestState;
  readonly submission: number;
  readonly submitted_on: Date;
  readonly updated_on: Date;
  readonly started_on: Date | null;
  readonly completed_on: Date | null;
  readonly tries: number;
  readonly run: number;
  readonly not_before: Date | null;
  readonly password_box: string | null;
  readonly password_digest: string | null;
  readonly status_message: string | null;
  readonly progress_percent: number;
  readonly progress_rows: bigint;
  readonly files: string;
  readonly owner: string | null;
  readonly lease_expires_on: Date | null;
  readonly version: number;
}

type StoredColumn = Exclude<keyof ReportRequestValues, 'tag' | 'request_id'>;

/** Every column but those of the key, with its value; null where the cell is to be empty. */
export function requestColumns(request: ReportRequest): { readonly [column in StoredColumn]: unknown } {
  return {
    dataset: request.dataset,
    requested_by: request.requestedBy,
    channel: request.channel,
    organisation_id: request.organisationId,
    collection_id: request.collectionId,
    batch_ids: request.batchIds,
    config: request.config,
    format: request.format,
    state: request.state,
    submission: request.submission,
    submitted_on: new Date(request.submittedOnMs),
    updated_on: new Date(request.updatedOnMs),
    started_on: toDate(request.startedOnMs),
    completed_on: toDate(request.completedOnMs),
    tries: request.tries,
    run: request.run,
    not_before: toDate(request.notBeforeMs),
    password_box: request.password?.box ?? null,
    password_digest: request.password?.digest ?? null,
    status_message: request.statusMessage,
    progress_percent: request.progress.percent,
    progress_rows: BigInt(request.progress.rows),
    files: JSON.stringify(request.files),
    owner: request.owner,
    lease_expires_on: toDate(request.leaseExpiresOnMs),
    version: request.version,
  };
}

export function toReportRequest(values: ReportRequestValues): ReportRequest {
  return {
    tag: values.tag,
    requestId: values.request_id,
    dataset: values.dataset,
    requestedBy: values.requested_by,
    channel: values.channel,
    organisationId: values.organisation_id,
    collectionId: values.collection_id,
    batchIds: values.batch_ids,
    config: values.config,
    format: values.format,
    state: values.state,
    submission: values.submission,
    submittedOnMs: values.submitted_on.getTime(),
    updatedOnMs: values.updated_on.getTime(),
    startedOnMs: toMs(values.started_on),
    completedOnMs: toMs(values.completed_on),
    tries: values.tries,
    run: values.run,
    notBeforeMs: toMs(values.not_before),
    password: passwordOf(values),
    statusMessage: values.status_message,
    progress: { percent: values.progress_percent, rows: Number(values.progress_rows) },
    files: JSON.parse(values.files) as ReportFile[],
    owner: values.owner,
    leaseExpiresOnMs: toMs(values.lease_expires_on),
    version: values.version,
  };
}

function passwordOf({ password_box: box, password_digest: digest }: ReportRequestValues): ReportRequest['password'] {
  return box === null || digest === null ? null : { box, digest };
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

function toMs(date: Date | null): number | null {
  return date === null ? null : date.getTime();
}
