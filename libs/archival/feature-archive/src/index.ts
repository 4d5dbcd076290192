export { ArchiveConnections } from './archive-connections.port';
export { ArchiveOptions } from './archive-options';
export { ArchiveSettings } from './archive.settings';
export { archiveCommands, FeatureArchiveModule } from './feature-archive.module';
