export { ReplayFailedCommand } from './replay-failed.command';
export { ReplayFailed } from './replay-failed.use-case';
export { ReplayOptions } from './replay-options';
