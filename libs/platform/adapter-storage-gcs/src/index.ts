export { GcsArchiveStorage } from './gcs-archive-storage.adapter';
export { GcsSignedUrls } from './gcs-signed-urls.adapter';
export { GcsStorageSettings } from './gcs-storage.settings';
