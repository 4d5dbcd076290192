import { AppError } from '@scorekeep/platform/util-errors';
import { exhaustErrorCodes } from '../exhaust.errors';
import {
  isClaimable,
  isOpen,
  type ReportFile,
  type ReportRequest,
  type ReportWish,
  type RequestKey,
  type RunProgress,
  type SealedPassword,
} from './report-request';

export interface Submission extends RequestKey, ReportWish {
  readonly organisationId: string;
  readonly password: SealedPassword | null;
}

export type SubmitOutcome =
  /** It is open already: nothing changes. */
  | { readonly kind: 'joined'; readonly request: ReportRequest }
  /** It is open already, with another password or with one where this has none. */
  | { readonly kind: 'other password' }
  | { readonly kind: 'submitted'; readonly request: ReportRequest };

/** What a submission makes of what is stored. After an end it runs again, with the password that is given now. */
export function submitRequest(stored: ReportRequest | undefined, submission: Submission, nowMs: number): SubmitOutcome {
  if (stored && isOpen(stored)) {
    const same = stored.password?.digest === submission.password?.digest;
    return same ? { kind: 'joined', request: stored } : { kind: 'other password' };
  }
  return { kind: 'submitted', request: submittedAnew(stored ?? neverSubmitted, submission, nowMs) };
}

const neverSubmitted = { submission: 0, run: 0, version: 0 };

function submittedAnew(
  before: Pick<ReportRequest, 'submission' | 'run' | 'version'>,
  submission: Submission,
  nowMs: number,
): ReportRequest {
  return {
    ...submission,
    state: 'SUBMITTED',
    submission: before.submission + 1,
    submittedOnMs: nowMs,
    updatedOnMs: nowMs,
    startedOnMs: null,
    completedOnMs: null,
    tries: 0,
    run: before.run,
    notBeforeMs: null,
    statusMessage: null,
    progress: { percent: 0, rows: 0 },
    files: [],
    owner: null,
    leaseExpiresOnMs: null,
    version: before.version + 1,
  };
}

export interface RunLimits {
  /** Tries of one submission. */
  readonly maxTries: number;
  /** From the first failed try to the second; three times as long before the third, and so on. */
  readonly retryDelayMs: number;
}

/** Who works on a request. */
export interface RunHolder {
  readonly owner: string;
  readonly nowMs: number;
}

export interface RunLease extends RunHolder {
  readonly leaseMs: number;
}

export type ClaimOutcome =
  | { readonly kind: 'begun'; readonly request: ReportRequest }
  /** Its workers died, and it has no try left: it has failed. */
  | { readonly kind: 'given up'; readonly request: ReportRequest }
  /** It has ended, is not due yet, or somebody works on it. */
  | { readonly kind: 'not yours' };

/** Takes a request to work on it. A try whose worker died counts: a report that kills its workers must end. */
export function claimRequest(request: ReportRequest, lease: RunLease, { maxTries }: RunLimits): ClaimOutcome {
  const { owner, nowMs, leaseMs } = lease;
  if (!isClaimable(request, nowMs)) return { kind: 'not yours' };
  if (request.tries >= maxTries) {
    const statusMessage = `gave up after ${maxTries} tries: the last one ended without a word`;
    return { kind: 'given up', request: ended(request, nowMs, { state: 'FAILED', statusMessage }) };
  }
  return {
    kind: 'begun',
    request: changed(request, nowMs, {
      state: 'PROCESSING',
      tries: request.tries + 1,
      run: request.run + 1,
      startedOnMs: nowMs,
      notBeforeMs: null,
      statusMessage: null,
      progress: { percent: 0, rows: 0 },
      owner,
      leaseExpiresOnMs: nowMs + leaseMs,
    }),
  };
}

/** Keeps the lease and shows how far the run is. @throws EXHAUST.LEASE_LOST */
export function continueRun(
  request: ReportRequest,
  { owner, nowMs, leaseMs }: RunLease,
  progress: RunProgress,
): ReportRequest {
  requireHeld(request, owner);
  const { percent, rows } = progress;
  const statusMessage = `${percent} % of the learners, ${rows} rows`;
  return changed(request, nowMs, { progress, statusMessage, leaseExpiresOnMs: nowMs + leaseMs });
}

/** @throws EXHAUST.LEASE_LOST */
export function succeedRun(
  request: ReportRequest,
  { owner, nowMs }: RunHolder,
  files: readonly ReportFile[],
): ReportRequest {
  requireHeld(request, owner);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const empty = files.filter((file) => file.rows === 0).map(({ batchId }) => batchId);
  const statusMessage = empty.length === 0 ? null : `no rows but the header: batch ${empty.join(', ')}`;
  return { ...ended(request, nowMs, { state: 'SUCCESS', statusMessage }), files, progress: { percent: 100, rows } };
}

export interface RunFailure {
  /** For whoever asked. */
  readonly words: string;
  /** Whether another try can help. */
  readonly retryable: boolean;
}

/** The run failed: it waits for its next try, or has failed for good. @throws EXHAUST.LEASE_LOST */
export function failRun(
  request: ReportRequest,
  { owner, nowMs }: RunHolder,
  { words, retryable }: RunFailure,
  limits: RunLimits,
): ReportRequest {
  requireHeld(request, owner);
  const { tries } = request;
  if (!retryable || tries >= limits.maxTries) {
    const after = tries === 1 ? '' : ` (after ${tries} tries)`;
    return ended(request, nowMs, { state: 'FAILED', statusMessage: `${words}${after}` });
  }
  return changed(request, nowMs, {
    ...waiting,
    notBeforeMs: nowMs + limits.retryDelayMs * 3 ** (tries - 1),
    statusMessage: `try ${tries} of ${limits.maxTries} failed: ${words}`,
  });
}

/** The worker stops: somebody else may begin at once, and the try does not count. @throws EXHAUST.LEASE_LOST */
export function returnRun(request: ReportRequest, { owner, nowMs }: RunHolder): ReportRequest {
  requireHeld(request, owner);
  return changed(request, nowMs, { ...waiting, tries: request.tries - 1, statusMessage: null });
}

const waiting = { state: 'SUBMITTED', owner: null, leaseExpiresOnMs: null } as const;

function ended(
  request: ReportRequest,
  nowMs: number,
  end: Pick<ReportRequest, 'state' | 'statusMessage'>,
): ReportRequest {
  const released = { owner: null, leaseExpiresOnMs: null, notBeforeMs: null, password: null };
  return changed(request, nowMs, { ...end, ...released, completedOnMs: nowMs });
}

function changed(request: ReportRequest, nowMs: number, change: Partial<ReportRequest>): ReportRequest {
  return { ...request, ...change, updatedOnMs: nowMs, version: request.version + 1 };
}

/** Owners are unique to a run, so whoever is named in the record is the one. */
function requireHeld({ state, owner: holder, tag, requestId }: ReportRequest, owner: string): void {
  if (state === 'PROCESSING' && holder === owner) return;
  throw new AppError(exhaustErrorCodes.leaseLost, 'somebody else works on the request', {
    context: { tag, requestId },
  });
}
