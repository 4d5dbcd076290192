import { BUCKET_LIMITS, BucketArchiveStorage, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { S3Bucket } from './s3-bucket.client';
import { type S3StorageSettings } from './s3-storage.settings';

/**
 * Objects in a bucket of S3 or a server that speaks its protocol. A put without `replace` sends `If-None-Match: *`:
 * - Amazon S3 honours it on PutObject and on CompleteMultipartUpload: of several writers exactly one succeeds.
 * - S3Proxy honours it on PutObject by looking first and writing then, so two at the same instant may both succeed;
 *   on CompleteMultipartUpload it ignores it.
 * What must never be created twice is best kept within one part (`partBytes`).
 */
export class S3ArchiveStorage extends BucketArchiveStorage {
  constructor(settings: S3StorageSettings, limits: BucketLimits = BUCKET_LIMITS) {
    super(new S3Bucket(settings, limits), 's3', limits);
  }
}
