export { AdmissionOptions } from './admission-options';
export { FittingPublisher } from './fitting.publisher';
export { FeatureAttemptsModule } from './feature-attempts.module';
export { IngestOptions } from './ingest-options';
export { readerDiedError } from './ingest.errors';
export { outcomeLabels, type OutcomeLabels } from './outcome-labels';
export { OutcomeMonitor } from './outcome-monitor.port';
export { readRecord, type RecordReadingOptions } from './read-record';
export { type RecordReading, RecordReader, type UnreadRecord } from './record-reader.port';
