import { type Dataset, type ReportFormat } from '../dataset';

/** `SUBMITTED` waits for a worker (also between two tries), `PROCESSING` has one, the others have ended. */
export const requestStates = ['SUBMITTED', 'PROCESSING', 'SUCCESS', 'FAILED'] as const;
export type RequestState = (typeof requestStates)[number];

export interface RequestKey {
  /** With its channel: `<tag>:<channel>`. Nothing of one channel is found by another's tag. */
  readonly tag: string;
  readonly requestId: string;
}

/** A report's password as it is kept while its request is open. */
export interface SealedPassword {
  /** Encrypted with a key of the settings. */
  readonly box: string;
  /** Keyed hash: tells whether another password is the same one. */
  readonly digest: string;
}

/** A file that a request gave, in the store. */
export interface ReportFile {
  readonly batchId: string;
  readonly key: string;
  /** In the store; of a zip when it is one. */
  readonly bytes: number;
  readonly rows: number;
}

export interface RunProgress {
  /** Of the learners of all batches, 0–100. */
  readonly percent: number;
  /** Written so far, headers not counted. */
  readonly rows: number;
}

/** What was asked for; the same for every submission of one request id. */
export interface ReportWish {
  readonly dataset: Dataset;
  readonly requestedBy: string;
  readonly channel: string;
  readonly collectionId: string;
  readonly batchIds: readonly string[];
  /** `datasetConfig` as JSON, keys sorted. */
  readonly config: string;
  readonly format: ReportFormat;
}

/** A request for reports on demand, as it is stored. */
export interface ReportRequest extends RequestKey, ReportWish {
  /** Root organisation of whoever asked last. */
  readonly organisationId: string;
  readonly state: RequestState;
  /** How often it was submitted anew; joined submissions are not counted. */
  readonly submission: number;
  readonly submittedOnMs: number;
  readonly updatedOnMs: number;
  readonly startedOnMs: number | null;
  readonly completedOnMs: number | null;
  /** Tries of this submission. */
  readonly tries: number;
  /** Tries of all submissions: each has its own place in the store. */
  readonly run: number;
  /** Not before then: it failed and is to be tried again. */
  readonly notBeforeMs: number | null;
  /** Null: the files are not encrypted, or the request has ended. */
  readonly password: SealedPassword | null;
  readonly statusMessage: string | null;
  readonly progress: RunProgress;
  /** Of the last run that succeeded; empty while the request is open. */
  readonly files: readonly ReportFile[];
  readonly owner: string | null;
  readonly leaseExpiresOnMs: number | null;
  /** Counts changes, for compare and set. */
  readonly version: number;
}

/** Whether somebody works on it, or will. */
export function isOpen({ state }: ReportRequest): boolean {
  return state === 'SUBMITTED' || state === 'PROCESSING';
}

/** Whether a worker may take it: it waits and is due, or whoever worked on it is gone. */
export function isClaimable(request: ReportRequest, nowMs: number): boolean {
  switch (request.state) {
    case 'SUBMITTED':
      return (request.notBeforeMs ?? 0) <= nowMs;
    case 'PROCESSING':
      return (request.leaseExpiresOnMs ?? 0) <= nowMs;
    case 'SUCCESS':
    case 'FAILED':
      return false;
  }
}
