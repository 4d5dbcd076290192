export { FeatureProgressModule } from './feature-progress.module';
export { ProduceProgressReport } from './produce-progress-report.use-case';
export { ProgressSettings } from './progress.settings';
