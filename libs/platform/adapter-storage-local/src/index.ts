export { LocalArchiveStorage } from './local-archive-storage.adapter';
export { LocalStorageSettings } from './local-storage.settings';
