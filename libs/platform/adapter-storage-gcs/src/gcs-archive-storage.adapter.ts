import { BUCKET_LIMITS, BucketArchiveStorage, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { GcsBucket } from './gcs-bucket.client';
import { type GcsStorageSettings } from './gcs-storage.settings';

/**
 * Objects in a bucket of Google Cloud Storage. A put without `replace` sends `ifGenerationMatch=0`: of several writers
 * exactly one succeeds. An upload is one stream, so its parts go one after the other.
 */
export class GcsArchiveStorage extends BucketArchiveStorage {
  constructor(settings: GcsStorageSettings, limits: BucketLimits = BUCKET_LIMITS) {
    const inOrder = { ...limits, concurrentParts: 1 };
    super(new GcsBucket(settings, inOrder), 'gs', inOrder);
  }
}
