import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { S3ArchiveStorage } from './s3-archive-storage.adapter';
import { BUCKET_LIMITS, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { S3StorageSettings } from './s3-storage.settings';

/** Small, so that tests of multipart uploads are fast. */
export const PART_BYTES = 1_000_000;

/** The adapter at a loopback server. */
export function storageAt(endpoint: string, limits: Partial<BucketLimits> = {}, bucket = 'attic'): ArchiveStorage {
  const settings = Object.assign(new S3StorageSettings(), {
    STORAGE_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_REGION: 'here',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'not a secret',
    S3_FORCE_PATH_STYLE: true,
  });
  return new S3ArchiveStorage(settings, { ...BUCKET_LIMITS, partBytes: PART_BYTES, ...limits });
}
