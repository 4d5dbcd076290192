export { openCallers, type CallerParts, type Callers } from './open-callers';
