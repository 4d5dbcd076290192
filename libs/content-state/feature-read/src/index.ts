export { ContentStateOptions } from './content-state-options';
export { FeatureReadModule } from './feature-read.module';
