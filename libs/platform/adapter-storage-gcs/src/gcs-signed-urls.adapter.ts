import { BUCKET_LIMITS, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { assertStorageKey, downloadDisposition, type SignedUrl, SignedUrls } from '@scorekeep/platform/domain-storage';
import { type Bucket } from '@google-cloud/storage';
import { addressOf, gcsBucket } from './gcs-bucket';
import { translateGcsError } from './gcs-storage.errors';
import { type GcsStorageSettings } from './gcs-storage.settings';

/** Signed URLs (version 4) for reading one object, of at most a week. With a key file they need no request. */
export class GcsSignedUrls extends SignedUrls {
  private readonly bucket: Bucket;
  private readonly address: string;

  constructor(settings: GcsStorageSettings, limits: BucketLimits = BUCKET_LIMITS) {
    super();
    this.bucket = gcsBucket(settings, limits);
    this.address = addressOf(settings);
  }

  async sign(key: string, ttlMs: number): Promise<SignedUrl> {
    assertStorageKey(key);
    const expiresAtMs = Math.max(1, Math.floor((Date.now() + ttlMs) / 1_000)) * 1_000;
    try {
      const [url] = await this.bucket.file(key).getSignedUrl({
        version: 'v4',
        action: 'read',
        expires: expiresAtMs,
        responseDisposition: downloadDisposition(key),
      });
      return { kind: 'signed', url, expiresAtMs };
    } catch (error) {
      throw translateGcsError(error, { address: this.address, bucket: this.bucket.name, key });
    }
  }
}
