export { S3ArchiveStorage } from './s3-archive-storage.adapter';
export { S3_LIMITS, type S3Limits } from './s3-limits';
export { S3SignedUrls } from './s3-signed-urls.adapter';
export { S3StorageSettings } from './s3-storage.settings';
