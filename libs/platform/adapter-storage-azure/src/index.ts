export { AzureArchiveStorage } from './azure-archive-storage.adapter';
export { AzureSignedUrls } from './azure-signed-urls.adapter';
export { AzureStorageSettings } from './azure-storage.settings';
