import { BUCKET_LIMITS, BucketArchiveStorage, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { AzureContainerBucket } from './azure-container.client';
import { type AzureStorageSettings } from './azure-storage.settings';

/**
 * Objects in a container of Azure Blob Storage. A put without `replace` sends `If-None-Match: *`, which Azure honours on
 * Put Block List: of several writers exactly one succeeds. Whoever completes a blob in blocks throws
 * away the blocks of every other writer of it.
 */
export class AzureArchiveStorage extends BucketArchiveStorage {
  constructor(settings: AzureStorageSettings, limits: BucketLimits = BUCKET_LIMITS) {
    super(new AzureContainerBucket(settings, limits), 'azure', limits);
  }
}
