import { type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { storageRefused } from '@scorekeep/platform/domain-storage';
import { BlobServiceClient, type ContainerClient, StorageRetryPolicyType } from '@azure/storage-blob';
import { type AzureStorageSettings } from './azure-storage.settings';

/** The SDK's client of the container. @throws STORAGE.REFUSED when the connection string is none */
export function azureContainer(settings: AzureStorageSettings, limits: BucketLimits): ContainerClient {
  const { STORAGE_BUCKET: container, AZURE_STORAGE_CONNECTION_STRING: connection } = settings;
  try {
    return BlobServiceClient.fromConnectionString(connection, {
      retryOptions: {
        retryPolicyType: StorageRetryPolicyType.EXPONENTIAL,
        maxTries: limits.attempts,
        retryDelayInMs: 100,
        maxRetryDelayInMs: 5_000,
      },
    }).getContainerClient(container);
  } catch (error) {
    throw storageRefused({ address: 'Azure', setting: 'AZURE_STORAGE_CONNECTION_STRING' }, withoutKey(error));
  }
}

/** What the SDK says of a broken connection string may quote it. */
function withoutKey(error: unknown): Error {
  return new Error(`it is no connection string (${error instanceof Error ? error.name : 'unknown'})`);
}
