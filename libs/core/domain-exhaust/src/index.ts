export { BatchEnrolments } from './batch-enrolments.port';
export { BatchMetrics, type LearnerMetrics } from './batch-metrics.port';
export { type ChunkLimits, inChunks, oneAhead } from './chunks';
export { ContentNames } from './content-names.port';
export { type CourseBatch } from './course-batch';
export { CourseBatches } from './course-batches.port';
export { CourseHierarchies } from './course-hierarchies.port';
export {
  type AssessmentRules,
  assessmentsIn,
  type CourseHierarchy,
  type CourseNode,
  readHierarchy,
  titlesIn,
} from './course-hierarchy';
export { csvChunks, csvLine } from './csv';
export { type Dataset, datasets, type ReportFormat, reportFormats } from './dataset';
export { type Enrolment } from './enrolment';
export { Enrolments } from './enrolments.port';
export { exhaustErrorCodes } from './exhaust.errors';
export { guardFormula } from './formula-guard';
export { type LearnerProfile, unknownProfile, writeProfileText } from './learner-profile';
export { LearnerProfiles } from './learner-profiles.port';
export { OptionalNodes } from './optional-nodes.port';
export { progressColumns, progressNumbers } from './progress-columns';
export { type ProgressCourse, type ProgressOfLearner, progressRow } from './progress-row';
export { ReportEncoder, type ReportTable } from './report-encoder';
export { jsonStyles, type JsonStyle, writeMaps } from './report-json';
export { type LearnersOfReport, ReportLearners } from './report-learners';
export { type CourseNames, NamesOfReport, ReportNaming } from './report-naming';
export { writeDuration, writeScore } from './report-number';
export {
  type ProducedReport,
  type ReportOrder,
  ReportProducer,
  type ReportTarget,
  type ReportWatcher,
} from './report-producer.port';
export { ReportProducers } from './report-producers';
export { type ConfirmReport, ReportSink, type SinkOutcome } from './report-sink.port';
export { ReportStyle } from './report-style';
export { writeDay, writeTime } from './report-time';
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
export { responseColumns, responseNumbers } from './response-columns';
export { type ReportNames, type ResponseFormat, responseRows } from './response-rows';
export { type ScorePercentages, scorePercentages } from './score-percentages';
