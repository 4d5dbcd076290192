export { AttemptsOfBatch, type AttemptSources } from './attempts-of-batch';
export { ExhaustSettings, responseFormat } from './exhaust.settings';
export { FeatureResponseModule } from './feature-response.module';
export { ProduceResponseReport } from './produce-response-report.use-case';
