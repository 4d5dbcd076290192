export { startStack, type StartOptions } from './start-stack';
export { stackSettings, type StackSettings } from './stack-settings';
