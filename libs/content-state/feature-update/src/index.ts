export { contentStateErrorCodes } from './content-state.errors';
export { FeatureUpdateModule } from './feature-update.module';
export { UpdateStateOptions } from './update-state-options';
