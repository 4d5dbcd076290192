export { AttemptsOfBatch, type AttemptSources } from './attempts-of-batch';
export { ExhaustSettings } from './exhaust.settings';
export { FeatureResponseModule } from './feature-response.module';
export { ResponseCommand } from './response.command';
export { ResponseReports } from './response-reports';
