export { shortDigest } from './short-digest';
