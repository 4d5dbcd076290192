export { ArchiveLocationSettings } from './archive-location.settings';
export { type ArchiveStore, archiveStores, type StorageProvider } from './archive-stores';
export { type ConfigurationWithStore, loadSettingsWithStore } from './load-settings-with-store';
