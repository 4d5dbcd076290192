import { BUCKET_LIMITS, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { assertStorageKey, downloadDisposition, type SignedUrl, SignedUrls } from '@scorekeep/platform/domain-storage';
import { BlobSASPermissions, type ContainerClient } from '@azure/storage-blob';
import { azureContainer } from './azure-container';
import { blobNameOf } from './blob-name';
import { translateAzureError } from './azure-storage.errors';
import { type AzureStorageSettings } from './azure-storage.settings';

/** Shared access signatures for reading one blob. Signing needs the account's key, and no request. */
export class AzureSignedUrls extends SignedUrls {
  private readonly container: ContainerClient;

  constructor(settings: AzureStorageSettings, limits: BucketLimits = BUCKET_LIMITS) {
    super();
    this.container = azureContainer(settings, limits);
  }

  async sign(key: string, ttlMs: number): Promise<SignedUrl> {
    assertStorageKey(key);
    const expiresAtMs = Math.max(1, Math.floor((Date.now() + ttlMs) / 1_000)) * 1_000;
    try {
      const url = await this.container.getBlobClient(blobNameOf(key)).generateSasUrl({
        permissions: BlobSASPermissions.parse('r'),
        expiresOn: new Date(expiresAtMs),
        contentDisposition: downloadDisposition(key),
      });
      return { kind: 'signed', url, expiresAtMs };
    } catch (error) {
      const { origin } = new URL(this.container.url);
      throw translateAzureError(Object.assign(error as Error, { statusCode: 403 }), {
        address: origin,
        container: this.container.containerName,
        key,
      });
    }
  }
}
