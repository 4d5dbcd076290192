import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumedContent } from './content-consumption.port';

/** What is stored of a content, with what only a writer needs. */
export interface StoredContent extends ConsumedContent {
  /** The progress that the update which made the row gave while the row itself began at 0; null where it gave none. */
  readonly firstProgress: number | null;
  /** Grows with every change of the row. */
  readonly lastUpdatedMs: number | null;
}

/** A row that is to take the place of what was read. */
export interface RowChange {
  /** As it was found; undefined when there was none. */
  readonly found: StoredContent | undefined;
  readonly merged: StoredContent;
}

/** Rows of contents for those who change them. Two writers of one row never overwrite each other unseen. */
export abstract class ConsumptionRows {
  /** Rows of these contents; those that are not there are left out. @throws CASSANDRA.* */
  abstract find(learner: LearnerInBatch, contentIds: readonly string[]): Promise<StoredContent[]>;

  /**
   * Puts rows in place of what was found. What `merged` has no value of stays as it is stored.
   *
   * @returns the changes that were not made because somebody had changed the row meanwhile, or one that was to be
   *   written with it: find the rows again, and repeat
   * @throws CASSANDRA.*; whether a change was made is unknown then
   */
  abstract replace(learner: LearnerInBatch, changes: readonly RowChange[]): Promise<readonly RowChange[]>;
}
