import { type ArchivalRecord, archiveErrorCodes, isLeased } from '@scorekeep/core/domain-archive';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** Somebody else works on the week, and nothing was done. */
export interface BusyWeek {
  readonly kind: 'busy';
  /** When the lease runs out unless it is renewed, ms since epoch. */
  readonly untilMs: number;
}

/** The week could not be finished; where that was possible it is recorded. */
export interface FailedWeek {
  readonly kind: 'failed';
  readonly error: Error;
}

export function failedWeek(thrown: unknown): FailedWeek {
  return { kind: 'failed', error: thrown instanceof Error ? thrown : new Error(messageOf(thrown)) };
}

/** Looks before a long piece of work begins; the lease itself is taken by compare-and-set. */
export function busyWeek(record: ArchivalRecord | undefined, nowMs: number): BusyWeek | undefined {
  return record && isLeased(record, nowMs) ? { kind: 'busy', untilMs: record.leaseExpiresOnMs ?? nowMs } : undefined;
}

export function isLeaseLost(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === archiveErrorCodes.leaseLost;
}

/**
 * True when a failure says something of the archive or the table, and not only that a server could not be asked: an
 * object that is not what it was, say. That is remembered of a finished week; a timeout is not.
 */
export function isEvidence(thrown: unknown): thrown is AppError {
  if (!(thrown instanceof AppError) || thrown.retryable || !thrown.code.startsWith('ARCHIVE.')) return false;
  const aboutWork: readonly string[] = [archiveErrorCodes.leaseLost, archiveErrorCodes.invalidState];
  return !aboutWork.includes(thrown.code);
}

/** The command or service was told to stop: nothing is wrong with the week. */
export function isInterruption(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'CLI.INTERRUPTED';
}
