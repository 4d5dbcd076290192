export { NodeByteStreams } from './node-byte-streams';
