export { AggDetailsSettings } from './agg-details.settings';
export { findAnswersIndex } from './archive/answers-index';
export { CassandraArchivalLedger } from './archive/cassandra-archival-ledger';
export { CassandraBatchAttempts } from './archive/cassandra-batch-attempts';
export { CassandraActivityAggregates } from './content-state/cassandra-activity-aggregates';
export { CassandraBatchStates } from './content-state/cassandra-batch-states';
export { CassandraConsumptionRows } from './content-state/cassandra-consumption-rows';
export { CassandraContentConsumption } from './content-state/cassandra-content-consumption';
export { CassandraLearnerEnrolments } from './content-state/cassandra-learner-enrolments';
export { CassandraBatchEnrolments } from './exhaust/cassandra-batch-enrolments';
export { CassandraBatchMetrics } from './exhaust/cassandra-batch-metrics';
export { CassandraCourseBatches } from './exhaust/cassandra-course-batches';
export { CassandraCourseHierarchies } from './exhaust/cassandra-course-hierarchies';
export { CassandraEnrolments } from './exhaust/cassandra-enrolments';
export { LayoutSettings } from './layout.settings';
export { CassandraBatchOwnership } from './requests/cassandra-batch-ownership';
export { CassandraDownloadLog } from './requests/cassandra-download-log';
export { CassandraOpenRequests } from './requests/cassandra-open-requests';
export { CassandraRequestLedger } from './requests/cassandra-request-ledger';
export {
  ATTEMPT_COLUMNS,
  ATTEMPT_COLUMNS_WITHOUT_ANSWERS,
  ATTEMPT_SCALARS,
  type AttemptRowValues,
  toWrittenAttempt,
} from './rows/attempt-row.mapper';
export { answersTable, CassandraAttemptRows } from './rows/cassandra-attempt-rows';
export { isSurelySingle } from './rows/question-json.codec';
export { decodeQuestions, encodeQuestions, packedQuestions, packQuestions } from './rows/questions.codec';
export { SchemaMigrator, type SchemaKeyspaces, type SchemaMigratorOptions } from './schema/schema-migrator';
export { type SchemaReport, type SchemaStatus } from './schema/schema-report';
export { CassandraScoreBook, SCORE_COLUMNS, type ScoreRow, toLearnerScores } from './scores/cassandra-score-book';
