export { ContentTitles, type CourseTitles } from './content-titles.port';
export { type CourseBatch } from './course-batch';
export { CourseBatches } from './course-batches.port';
export { csvChunks, csvLine } from './csv';
export { type Dataset, datasets, type ReportFormat, reportFormats } from './dataset';
export { Enrolments } from './enrolments.port';
export { exhaustErrorCodes } from './exhaust.errors';
export { guardFormula } from './formula-guard';
export { type LearnerProfile, unknownProfile, writeProfileText } from './learner-profile';
export { LearnerProfiles } from './learner-profiles.port';
export { jsonStyles, type JsonStyle, writeMaps } from './report-json';
export { writeDuration, writeScore } from './report-number';
export {
  type ProducedReport,
  type ReportOrder,
  ReportProducer,
  type ReportTarget,
  type ReportWatcher,
} from './report-producer.port';
export { type ConfirmReport, ReportSink, type SinkOutcome } from './report-sink.port';
export { writeTime } from './report-time';
export { responseColumns } from './response-columns';
export { type ReportNames, type ResponseFormat, responseRows } from './response-rows';
export { BatchOwnership } from './requests/batch-ownership.port';
export { type DownloadEntry, DownloadLog } from './requests/download-log.port';
export { type ChannelRequests, type OpenRequest, OpenRequests } from './requests/open-requests.port';
export {
  isClaimable,
  isOpen,
  type ReportFile,
  type ReportRequest,
  type ReportWish,
  type RequestKey,
  type RequestState,
  requestStates,
  type RunProgress,
  type SealedPassword,
} from './requests/report-request';
export { RequestLedger } from './requests/request-ledger.port';
export {
  claimRequest,
  type ClaimOutcome,
  continueRun,
  failRun,
  returnRun,
  type RunFailure,
  type RunHolder,
  type RunLease,
  type RunLimits,
  type Submission,
  submitRequest,
  type SubmitOutcome,
  succeedRun,
} from './requests/request-states';
