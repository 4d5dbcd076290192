export { type ArchiveStorageContractOptions } from './storage/contract/contract-subject';
export { describeArchiveStorage, type ArchiveStorageUnderTest } from './storage/describe-archive-storage';
export { InMemoryArchiveStorage } from './storage/in-memory-archive-storage';
export { PrefixedArchiveStorage } from './storage/prefixed-archive-storage';
export { bodyOf, collect, firstChunk, inChunks, readAll, someBytes } from './storage/test-bytes';
export { describeMessagePublisher, type MessagePublisherUnderTest } from './messaging/describe-message-publisher';
export { RecordingPublisher, type PublishedMessage } from './messaging/recording-publisher';
export { TokenIssuer } from './auth/token-issuer';
export { TcpProxy } from './network/tcp-proxy';
