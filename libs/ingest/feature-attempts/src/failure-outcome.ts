import { AppError } from '@scorekeep/platform/util-errors';

/** Failures for no reason known to pass, after which a record goes to the failed topic. */
export const MAX_UNEXPLAINED_FAILURES = 5;

/** The same for failures that may pass, like a time-out: they last longer and heal more often. */
export const MAX_DOUBTFUL_FAILURES = 10;

/** What a failing record is judged by. */
export interface RecordFailures {
  /** Of this record so far, this one included. */
  readonly total: number;
  /** Those of them before which records of other learners had succeeded since the failure before. */
  readonly alone: number;
}

export type FailureOutcome =
  | { readonly kind: 'retry'; readonly cause: Error }
  | { readonly kind: 'dead-letter'; readonly reason: string };

/**
 * What a failure means for a record.
 *
 * - A server that is away or has too much to do says nothing about the record: it is tried for ever, so that an outage
 *   does not drain the topic.
 * - Any other error of a server (a time-out, a refused statement) is tried for ever too while others fail as well. A record
 *   that keeps failing alone while its neighbours succeed is set aside after bounded tries.
 * - An error that no part of the program foresaw is a defect that this record brought up: a few tries, then it is set aside.
 */
export function failureOutcome(error: unknown, failures: RecordFailures): FailureOutcome {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (isUsedUp(error, failures)) return { kind: 'dead-letter', reason: `failed: ${codeOf(error)}` };
  return { kind: 'retry', cause };
}

/** Whether the error may be the record's own fault, so that it matters how its neighbours fare. */
export function isDoubtful(error: unknown): boolean {
  return error instanceof AppError && !isOutage(error);
}

function isUsedUp(error: unknown, { total, alone }: RecordFailures): boolean {
  if (!(error instanceof AppError)) return total >= MAX_UNEXPLAINED_FAILURES;
  if (isOutage(error)) return false;
  return alone >= (error.retryable ? MAX_DOUBTFUL_FAILURES : MAX_UNEXPLAINED_FAILURES);
}

/** Errors that are about a server as a whole, whatever record met them. */
function isOutage({ code }: AppError): boolean {
  return /\.(UNAVAILABLE|OVERLOADED|UNKNOWN_TOPIC|UNAUTHORIZED|REFUSED|MISCONFIGURED)$/.test(code);
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal error';
}
