export { ArchiveConnections } from './archive-connections.port';
export { ArchiveOptions } from './archive-options';
export { ArchiveSettings } from './archive.settings';
export { archiveCommands, FeatureArchiveModule } from './feature-archive.module';
export { FeatureTasksModule } from './feature-tasks.module';
export { ArchivalMonitor, type StateReport, type WeekReport } from './tasks/archival-monitor.port';
export { TaskOptions } from './tasks/task-options';
