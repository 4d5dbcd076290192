import { S3Client } from '@aws-sdk/client-s3';
import { type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { type S3StorageSettings } from './s3-storage.settings';

/** The SDK's client, with what the adapter relies on. */
export function s3Client(settings: S3StorageSettings, limits: BucketLimits): S3Client {
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret } = settings;
  // eslint-disable-next-line no-restricted-syntax -- the SDK asks the environment alone whether to print its advice on Node's version between the log's lines
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return new S3Client({
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(id !== undefined && secret !== undefined && { credentials: { accessKeyId: id, secretAccessKey: secret } }),
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    maxAttempts: limits.attempts,
    // Every body carries Content-MD5, which every S3-compatible server knows; the SDK's own checksums are news to some.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: limits.connectTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: 0, // would count the pauses of a slow reader
      // A merge reads as many objects at once as it merges: with the SDK's 50 sockets the 51st would wait for ever.
      httpAgent: { maxSockets: Infinity },
      httpsAgent: { maxSockets: Infinity },
    },
  });
}
