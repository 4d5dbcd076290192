export {
  type AssessData,
  type AssessElement,
  type AssessItem,
  AssessMessage,
  MAX_ANSWERS,
  RecomputeMessage,
} from './assess-event.message';
export { parseAssessRecord, type ParsedAssessRecord } from './assess-event.parser';
export { certificateRequestMessage, type CertificateRequest } from './certificate-request.builder';
export { failedEvent, type FailedEvent, VALIDATION_ERROR_HEADER } from './failed-event.builder';
export { allTopicNames, fullTopicName, type TopicName, topics } from './topics';
