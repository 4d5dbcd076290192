export { Pace } from './pace';
