export { FeatureCommandModule } from './feature-command.module';
export { ProgressCommand } from './progress.command';
export { ResponseCommand } from './response.command';
