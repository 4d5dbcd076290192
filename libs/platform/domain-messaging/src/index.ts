export { MessagePublisher, type OutgoingMessage } from './message-publisher.port';
export { type ConsumedRecord, type DeadLetter, type RecordBatchHandler, type RecordOutcome } from './consumed-record';
