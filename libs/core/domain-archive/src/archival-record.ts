import { type Digest } from '@scorekeep/core/domain-scoring';
import { formatIsoWeek } from './iso-week';
import { type BatchWeek } from './manifest';

/** `RESTORED`: put back into the table, left alone until it is asked for by name. */
export type ArchivalState = 'PENDING' | 'RUNNING' | 'SUCCESS' | 'FAILED' | 'RESTORED';
export type DeletionState = 'PENDING' | 'RUNNING' | 'SUCCESS' | 'FAILED';

/** The job whose records these are; part of `requestId`. */
export const archivalJob = 'assessment-archival';

/** What is recorded of a batch and week. Times in ms since epoch, null until they are. */
export interface ArchivalRecord extends BatchWeek {
  /** Stable hash of job, batch, collection and week, see `requestIdOf`. */
  readonly requestId: string;
  readonly job: string;
  readonly archival: ArchivalState;
  readonly deletion: DeletionState;
  /** The iteration that is worked on or was last published; 0 when none ever was. */
  readonly iteration: number;
  /** Everything up to this iteration is deleted from the table; 0 when nothing is. */
  readonly deletedThroughIteration: number;
  readonly startedOnMs: number | null;
  readonly completedOnMs: number | null;
  /** First successful verification of what is archived now. */
  readonly verifiedOnMs: number | null;
  readonly deletedOnMs: number | null;
  /** Every key ever recorded before its upload, also of tries that failed; grows only. */
  readonly objectKeys: readonly string[];
  /** Rows in all published iterations. */
  readonly rows: number;
  /** Compressed length of all published objects with rows. */
  readonly bytes: number;
  /** What was asked for, as text. */
  readonly request: string;
  /** At most 300 characters. */
  readonly error: string | null;
  readonly owner: string | null;
  readonly leaseExpiresOnMs: number | null;
  /** Grows by one with every transition; what compare-and-set compares. The first record has 1. */
  readonly version: number;
}

/** @param digest a hash of text, as hex */
export function requestIdOf({ batchId, collectionId, week }: BatchWeek, digest: Digest): string {
  return digest(JSON.stringify([archivalJob, batchId, collectionId, formatIsoWeek(week)]));
}
