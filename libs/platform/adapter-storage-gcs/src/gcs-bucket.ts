import { type Bucket, IdempotencyStrategy, Storage } from '@google-cloud/storage';
import { type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { type GcsStorageSettings } from './gcs-storage.settings';

/**
 * The SDK's client of the bucket. Nothing is asked yet: credentials are looked for with the first request. Repeating is
 * safe for every request, since the put id tells who wrote an object.
 */
export function gcsBucket(settings: GcsStorageSettings, limits: BucketLimits): Bucket {
  const { GCS_KEY_FILE, GCS_PROJECT_ID, GCS_API_ENDPOINT } = settings;
  const storage = new Storage({
    ...(GCS_PROJECT_ID === undefined ? {} : { projectId: GCS_PROJECT_ID }),
    ...(GCS_KEY_FILE === undefined ? {} : { keyFilename: GCS_KEY_FILE }),
    ...(GCS_API_ENDPOINT === undefined ? {} : { apiEndpoint: GCS_API_ENDPOINT }),
    useAuthWithCustomEndpoint: GCS_KEY_FILE !== undefined,
    timeout: limits.requestTimeoutMs,
    retryOptions: {
      autoRetry: limits.attempts > 1,
      maxRetries: limits.attempts - 1,
      maxRetryDelay: 5,
      totalTimeout: limits.operationTimeoutMs / 1_000,
      idempotencyStrategy: IdempotencyStrategy.RetryAlways,
    },
  });
  return storage.bucket(settings.STORAGE_BUCKET);
}

/** Where requests go, without credentials. */
export function addressOf({ GCS_API_ENDPOINT }: GcsStorageSettings): string {
  return GCS_API_ENDPOINT ?? 'Google Cloud Storage';
}
