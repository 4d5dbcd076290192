import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { type BatchWeek, type Manifest, type ManifestObject } from './manifest';

/** Reads what was archived. Every byte that is used is checked against its manifest; a mismatch is an error that names the object. */
export abstract class ArchiveReader {
  /**
   * Manifests of a batch in key order, of every collection unless one is named. Folders that two batches share are told
   * apart by what the manifests say. @throws ARCHIVE.UNREADABLE_MANIFEST
   */
  abstract manifests(batchId: string, collectionId?: string): Promise<Manifest[]>;

  /** Manifests of a week, in order of iteration; no other week's is read. @throws ARCHIVE.UNREADABLE_MANIFEST */
  abstract weekManifests(batchWeek: BatchWeek): Promise<Manifest[]>;

  /** The object's rows in row order. @throws ARCHIVE.CORRUPTED naming the object, at the latest after its last row; STORAGE.* */
  abstract rows(manifest: Manifest, object: ManifestObject): AsyncIterable<StoredAttempt>;

  /** The same with each row's write time, for verify and delete. */
  abstract writtenRows(manifest: Manifest, object: ManifestObject): AsyncIterable<WrittenAttempt>;
}
