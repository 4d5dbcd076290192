import { AppError } from '@scorekeep/platform/util-errors';

/** Tries after which a record that fails for no reason known to pass goes to the failed topic. */
export const MAX_UNEXPLAINED_FAILURES = 5;

export type FailureOutcome =
  /** `counts` tells whether this failure brings the record nearer to the failed topic. */
  | { readonly kind: 'retry'; readonly cause: Error; readonly counts: boolean }
  | { readonly kind: 'dead-letter'; readonly reason: string };

/**
 * What a failure means for a record. Faults that pass by themselves (a server down, a timeout, overload) are retried for
 * ever: an outage must not drain the topic. Anything else is retried a few times and then set aside.
 *
 * @param failures of this record so far, this one included
 */
export function failureOutcome(error: unknown, failures: number): FailureOutcome {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (error instanceof AppError && error.retryable) return { kind: 'retry', cause, counts: false };
  if (failures < MAX_UNEXPLAINED_FAILURES) return { kind: 'retry', cause, counts: true };
  return {
    kind: 'dead-letter',
    reason: error instanceof AppError ? `failed: ${error.code}` : 'failed: internal error',
  };
}
