export { type DemoOptions, parseDemoOptions } from './demo-options';
export { type DemoRecord, DemoServers } from './demo-servers';
export { Difference, requireEqual } from './difference';
export { type DemoWorld, demoWorld } from './demo-world';
export { twoFreePorts } from './free-ports';
export { type ContentState, isReady, readState } from './learner-state';
export { runApp, type RunningApp, startService } from './run-app';
export { Story } from './story';
export { tellStory } from './tell-story';
