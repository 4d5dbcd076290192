import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assertStorageKey, downloadDisposition, type SignedUrl, SignedUrls } from '@scorekeep/platform/domain-storage';
import { s3Client } from './s3-client';
import { BUCKET_LIMITS, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { translateS3Error } from './s3-storage.errors';
import { type S3StorageSettings } from './s3-storage.settings';

/** What Signature Version 4 allows. */
const LONGEST_SECONDS = 7 * 24 * 60 * 60;

/** Presigned GETs. Signing needs no request to the store. */
export class S3SignedUrls extends SignedUrls {
  private readonly client: S3Client;

  constructor(
    private readonly settings: S3StorageSettings,
    limits: BucketLimits = BUCKET_LIMITS,
  ) {
    super();
    this.client = s3Client(settings, limits);
  }

  async sign(key: string, ttlMs: number): Promise<SignedUrl> {
    assertStorageKey(key);
    const { STORAGE_BUCKET: bucket, S3_ENDPOINT: endpoint } = this.settings;
    const expiresIn = Math.min(Math.max(1, Math.floor(ttlMs / 1_000)), LONGEST_SECONDS);
    const signingDate = new Date();
    const object = { Bucket: bucket, Key: key, ResponseContentDisposition: downloadDisposition(key) };
    try {
      const url = await getSignedUrl(this.client, new GetObjectCommand(object), { expiresIn, signingDate });
      return { kind: 'signed', url, expiresAtMs: signedAtMs(signingDate) + expiresIn * 1_000 };
    } catch (error) {
      throw translateS3Error(error, { address: endpoint ?? 'AWS S3', bucket, key });
    }
  }
}

/** The signature knows whole seconds. */
function signedAtMs(date: Date): number {
  return Math.floor(date.getTime() / 1_000) * 1_000;
}
