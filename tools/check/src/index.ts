export { runSteps } from './run-steps';
export { type CheckScope, stepsFor } from './steps';
