export { AdmissionOptions } from './admission-options';
export { FittingPublisher } from './fitting.publisher';
export { FeatureAttemptsModule } from './feature-attempts.module';
export { IngestOptions } from './ingest-options';
export { outcomeLabels, type OutcomeLabels } from './outcome-labels';
export { OutcomeMonitor } from './outcome-monitor.port';
