export { FeatureAttemptsModule } from './feature-attempts.module';
export { IngestOptions } from './ingest-options';
