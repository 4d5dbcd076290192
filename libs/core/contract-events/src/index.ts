export { type ArchivalTask, archivalTaskMessage, parseArchivalTask } from './archival-task.message';
export {
  type AssessData,
  type AssessElement,
  type AssessItem,
  AssessMessage,
  RecomputeMessage,
} from './assess-event.message';
export { parseAssessRecord, type ParsedAssessRecord } from './assess-event.parser';
export { type AssessLimits, defaultAssessLimits } from './assess-limits';
export { certificateRequestMessage, type CertificateRequest } from './certificate-request.builder';
export { contentConsumptionMessage, type ConsumedContents } from './content-consumption.builder';
export { enrolmentSyncMessage, type EnrolmentSync } from './enrolment-sync.builder';
export { exhaustRequestMessage, type ExhaustRequestMessage, parseExhaustRequest } from './exhaust-request.message';
export {
  failedEvent,
  type FailedEvent,
  ORIGIN_HEADERS,
  ORIGINAL_BYTES_HEADER,
  type SetAsideRecord,
  VALIDATION_ERROR_HEADER,
} from './failed-event.builder';
export { type OriginalRecord, type ParsedFailedEvent, parseFailedEvent } from './failed-event.parser';
export { failureReasons, reasonKind } from './failure-reason';
export { invalidContentStateMessage, type InvalidContentState } from './invalid-content-state.builder';
export { IsEpochMs } from './is-epoch-ms.validator';
export { IsId } from './is-id.validator';
export { submittedAssessmentMessage } from './submitted-assessment.builder';
export { allTopicNames, fullTopicName, type TopicName, topics } from './topics';
