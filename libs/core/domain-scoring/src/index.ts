export { parseAggDetail } from './agg-detail';
export { type Answer, type TextMap } from './answer';
export { type AnswersSummary, summarizeAnswers } from './answers-summary';
export { type ArchivedCopy, archivedCopy, type ArchiveOrigin } from './archived-attempt';
export { AttemptRows } from './attempt-rows.port';
export { type AttemptScore, type AttemptScores, entryKey, mergeEntries, sameEntry, stateOf } from './attempt-score';
export { type AttemptTotals, latestPerQuestion, totalAttempt } from './attempt-totals';
export { type AttemptVersion, canonicalAnswers, compareVersions, type Digest, versionOf } from './attempt-version';
export { type CatalogueFreshness, CourseCatalogue } from './course-catalogue.port';
export { eventTime, type EventClocks, type EventTime } from './event-time';
export { fillAttempts, type LegacyRecord } from './fill-attempts';
export { formatGrandTotal, formatScore } from './format-score';
export {
  attemptKey,
  type AttemptIdentity,
  type AttemptOfLearner,
  learnerKey,
  type LearnerInBatch,
  placeholderKey,
} from './identity';
export {
  aggregatesOf,
  attemptsCountKey,
  changedAggregates,
  type ContentMetrics,
  maxScoreKey,
  metricsOf,
  scoreKey,
} from './metrics';
export { type LearnerEvidence, type MigratedLearner, migrateLearner } from './migrate-learner';
export { otherVersion, remainder } from './other-version';
export { answersOf, type AnswersToStore, isPacked, type PackedAnswers } from './packed-answers';
export { type ArchivedPlan, planArchived } from './plan-archived';
export { type KnownLearner, type LearnerSources, readLearner } from './read-learner';
export { type AttemptEvent, type Reconciled, reconcileAttempt } from './reconcile-attempt';
export { type LearnerScores, ScoreBook, type ScoreChanges } from './score-book.port';
export { listConflicts, type ScoreConflict } from './score-conflict';
export { type EntriesToRecord, laterUs, type Recorded, recordScores, type ScoreWriter } from './score-recorder';
export {
  answersToStore,
  type AttemptDraft,
  attemptRow,
  attemptTimeMs,
  type AttemptToStore,
  isMixed,
  scoreOfRow,
  type StorageLayout,
  type StoredAttempt,
  type WrittenAttempt,
} from './stored-attempt';
export { withoutCopies } from './without-copies';
export { etsOffsetUs, type RowHistory, writeTimeOf, type WriteTimeUs } from './write-time';
