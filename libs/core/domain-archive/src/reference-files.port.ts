import { type StoredAttempt } from '@scorekeep/core/domain-scoring';

/** A file of rows that no manifest names, as the reference wrote them. */
export interface ReferenceFile {
  readonly key: string;
  /** As stored, compressed. */
  readonly bytes: number;
}

/** The files of rows that the reference archived. They have no manifest: whoever needs them reads them in full. */
export abstract class ReferenceFiles {
  /**
   * Files in the folders of a batch, of every collection unless one is named, in key order: Scorekeep's own too, which
   * those who know manifests and ledger tell apart. Two pairs of ids may share a folder: rows say whose they are.
   */
  abstract list(batchId: string, collectionId?: string): Promise<ReferenceFile[]>;

  /** The rows of one file, of whatever batch, in no order. @throws ARCHIVE.CORRUPTED naming the file; STORAGE.* */
  abstract rows(file: ReferenceFile): AsyncIterable<StoredAttempt>;
}
