export { FeatureRequestsModule } from './feature-requests.module';
export { FeatureWorkModule } from './feature-work.module';
export { PasswordVault } from './passwords/password-vault';
export { RequestMonitor } from './request-monitor.port';
export { RequestOptions, WorkOptions } from './request-options';
export { requestErrorCodes } from './requests.errors';
export { RequestsSettings } from './requests.settings';
export { RequestWorker } from './work/request-worker';
