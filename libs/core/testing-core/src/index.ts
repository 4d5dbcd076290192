export {
  archivedOnMs,
  archivedWeek,
  archiveOrder,
  archiveRows,
  aWrittenAttempt,
  segmentOptions,
} from './archive/archive.builder';
export { anyAnswer, anyDouble, anyStoredAttempt, anyText, anyTimeMs } from './archive/attempts.arbitrary';
export { type ArchivalLedgerFixture, describeArchivalLedger } from './archive/describe-archival-ledger';
export { type BatchAttemptsFixture, describeBatchAttempts } from './archive/describe-batch-attempts';
export { hashToken } from './archive/hash-token';
export { InMemoryArchivalLedger } from './archive/in-memory-archival-ledger';
export { InMemoryBatchAttempts } from './archive/in-memory-batch-attempts';
export { InMemoryByteStreams } from './archive/in-memory-byte-streams';
export { InMemoryParquetStreams } from './archive/in-memory-parquet-streams';
export { thrownBy } from './archive/thrown-by';
export { WatchedSource } from './archive/watched-source';
export { type ConsumerPlan, someConsumers, someKill } from './convergence/consumers.arbitrary';
export { ConvergenceWorld, type MicroBatchWork, type ProcessPorts } from './convergence/convergence-world';
export { type ExpectedAttempt, expectedAttempts, expectedMetrics } from './convergence/expected-attempts';
export { InterleavedProcess, type Kill, Killed } from './convergence/interleaved-process';
export {
  type LegacyAttempt,
  legacyRow,
  metricsWithLegacy,
  seedLegacyLearner,
  someLegacyAttempts,
} from './convergence/legacy-learner.arbitrary';
export {
  AFTER_ALL_MS,
  BEGAN_MS,
  eventOf,
  SENT_MS,
  someSubmissions,
  type Submission,
  type SubmissionsShape,
} from './convergence/submissions.arbitrary';
export { type BatchEnrolmentsUnderTest, describeBatchEnrolments } from './exhaust/batch-enrolments.contract';
export { type BatchMetricsUnderTest, describeBatchMetrics } from './exhaust/batch-metrics.contract';
export { type ContentNamesUnderTest, describeContentNames } from './exhaust/content-names.contract';
export { type CourseBatchesUnderTest, describeCourseBatches } from './exhaust/course-batches.contract';
export { type CourseHierarchiesUnderTest, describeCourseHierarchies } from './exhaust/course-hierarchies.contract';
export { anEnrolment } from './exhaust/enrolment.builder';
export { describeEnrolments, type EnrolmentsUnderTest } from './exhaust/enrolments.contract';
export { InMemoryArchiveReader } from './exhaust/in-memory-archive-reader';
export { InMemoryBatchEnrolments } from './exhaust/in-memory-batch-enrolments';
export { InMemoryBatchMetrics } from './exhaust/in-memory-batch-metrics';
export { InMemoryContentNames } from './exhaust/in-memory-content-names';
export { InMemoryCourseBatches } from './exhaust/in-memory-course-batches';
export { InMemoryCourseHierarchies } from './exhaust/in-memory-course-hierarchies';
export { InMemoryEnrolments } from './exhaust/in-memory-enrolments';
export { InMemoryLearnerProfiles } from './exhaust/in-memory-learner-profiles';
export { describeLearnerProfiles, type LearnerProfilesUnderTest } from './exhaust/learner-profiles.contract';
export { InMemoryOptionalNodes } from './exhaust/in-memory-optional-nodes';
export { InMemoryReferenceFiles } from './exhaust/in-memory-reference-files';
export { InMemoryReportSink } from './exhaust/in-memory-report-sink';
export { aVersion, reportPorts } from './exhaust/report-ports.builder';
export { ShiftingBatchAttempts } from './exhaust/shifting-batch-attempts';
export { describeAttemptRows } from './scoring/attempt-rows.contract';
export { packedInMemory } from './scoring/packed-in-memory';
export { anAnswer, anAttemptEvent, anEntry, aRow, type AttemptEventSketch, learner } from './scoring/attempts.builder';
export { CellwiseAttemptRows, CellwiseTables } from './scoring/cellwise/cellwise-attempt-rows';
export { type CellwiseLearners, CellwiseScoreBook } from './scoring/cellwise/cellwise-score-book';
export { type CourseCatalogueUnderTest, describeCourseCatalogue } from './scoring/course-catalogue.contract';
export { InMemoryAttemptRows } from './scoring/in-memory-attempt-rows';
export { InMemoryCourseCatalogue } from './scoring/in-memory-course-catalogue';
export { InMemoryScoreBook, type LegacyScores } from './scoring/in-memory-score-book';
export { describeScoreBook } from './scoring/score-book.contract';
export { hierarchyOf, type SampleContent, type SampleCourse } from './samples/course.generator';
export { attemptNamedIn, attemptText } from './samples/attempt-named-in';
export { type DamagedEvent, type DamageOptions, generateDamagedEvent } from './samples/damaged-event.generator';
export { Random } from './samples/random';
export {
  generateSampleData,
  type SampleBatch,
  type SampleData,
  type SampleEnrolment,
  type SampleOptions,
  type SampleSubmission,
} from './samples/sample-data.generator';
export {
  answerText,
  learnerText,
  sampleAnswers,
  type SampleAttempt,
  sampleAttempts,
  type SampleMetrics,
  sampleMetrics,
} from './samples/sample-scores';
export { renderSubmission } from './samples/submission.builder';
export {
  describeContentConsumption,
  type ContentConsumptionUnderTest,
} from './content-state/content-consumption.contract';
export { InMemoryContentConsumption } from './content-state/in-memory-content-consumption';
export { aContentUpdate, aStoredContent } from './content-state/content-state.builder';
export {
  type ActivityAggregatesUnderTest,
  describeActivityAggregates,
} from './content-state/activity-aggregates.contract';
export { type BatchStatesUnderTest, describeBatchStates } from './content-state/batch-states.contract';
export { describeConsumptionRows } from './content-state/consumption-rows.contract';
export { InMemoryActivityAggregates } from './content-state/in-memory-activity-aggregates';
export { InMemoryBatchStates } from './content-state/in-memory-batch-states';
export { InMemoryConsumptionRows } from './content-state/in-memory-consumption-rows';
export { InMemoryLearnerEnrolments } from './content-state/in-memory-learner-enrolments';
export {
  describeLearnerEnrolments,
  type LearnerEnrolmentsUnderTest,
} from './content-state/learner-enrolments.contract';
export { type BatchOwnershipUnderTest, describeBatchOwnership } from './exhaust/batch-ownership.contract';
export { describeDownloadLog, type DownloadLogUnderTest } from './exhaust/download-log.contract';
export { InMemoryBatchOwnership } from './exhaust/in-memory-batch-ownership';
export { InMemoryDownloadLog } from './exhaust/in-memory-download-log';
export { InMemoryOpenRequests } from './exhaust/in-memory-open-requests';
export { InMemoryRequestLedger } from './exhaust/in-memory-request-ledger';
export { describeOpenRequests, type OpenRequestsUnderTest } from './exhaust/open-requests.contract';
export { aReportRequest, aSubmission } from './exhaust/report-request.builder';
export { describeRequestLedger, type RequestLedgerUnderTest } from './exhaust/request-ledger.contract';
export {
  generateSunbirdHistory,
  keptOf,
  sunbirdAggregates,
  sunbirdArchive,
  type SunbirdAttempt,
  type SunbirdHistoryShape,
  type SunbirdLearner,
  sunbirdRow,
} from './samples/sunbird-history.generator';
export { sunbirdTables } from './samples/sunbird-tables';
