export { runSteps } from './run-steps';
export { ScratchCopy } from './scratch-copy';
export { type CheckScope, stepsFor } from './steps';
