export { S3ArchiveStorage } from './s3-archive-storage.adapter';
export { S3SignedUrls } from './s3-signed-urls.adapter';
export { S3StorageSettings } from './s3-storage.settings';
