export { MessagePublisher, type OutgoingMessage } from './message-publisher.port';
export { type ConsumedRecord, type DeadLetter, type RecordBatchHandler, type RecordOutcome } from './consumed-record';
export { type OffsetsByPartition, type ReadRequest, type StoredRecord, TopicReader } from './topic-reader.port';
