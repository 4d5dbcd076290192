export {
  adoptedWriteTimesKey,
  type ForeignObject,
  isRowsObject,
  readForeignObject,
  withUnknownWriteTimes,
} from './adopt-object';
export { ArchivalLedger } from './archival-ledger.port';
export {
  archivalJob,
  type ArchivalRecord,
  type ArchivalState,
  type DeletionState,
  requestIdOf,
} from './archival-record';
export { isLeased, type LeaseHolder, type LeaseRequest, renewLease } from './archival-lease';
export {
  type ArchivalClaim,
  isDeletable,
  markArchived,
  markDeleted,
  markFailed,
  markInterrupted,
  markPending,
  markRestored,
  markVerified,
  recordObject,
  takeForDeletion,
  takeForRestore,
  takeLease,
} from './archival-state';
export { archivePlan, type ArchivePlanInput, type PlannedWeek, tallyWeeks, type WeekTally } from './archive-plan';
export { ArchiveReader } from './archive-reader.port';
export { archiveErrorCodes } from './archive.errors';
export { type AttemptCopy, compareCopies, greatestVersion, sameContent, sameVersion } from './archived-version';
export { BatchAttempts, type BatchRowsFilter, type RowSummary } from './batch-attempts.port';
export {
  compareWeeks,
  formatIsoWeek,
  isCompleteWeek,
  type IsoWeek,
  isoWeekOf,
  nextWeek,
  parseIsoWeek,
  previousWeek,
  weekEndMs,
  weekStartMs,
} from './iso-week';
export {
  type BatchWeek,
  type ArchiveFormat,
  archiveFormats,
  currentManifests,
  type Manifest,
  type ManifestObject,
  objectKeysOf,
  type ReplacedManifest,
} from './manifest';
export { decodeManifest, encodeManifest } from './manifest-codec';
export { publishManifest, readManifest } from './manifest-store';
export { type Comparison, groupSorted, mergeSorted } from './merge-sorted';
export { batchFolder, batchPrefix, manifestKey, partKey, segmentKey, writeTimesKey } from './object-keys';
export { type ArchivePeriod, archivePeriod, completeBeforeMs, type PeriodOptions } from './period';
export { encodeAnswers, encodeMaps, encodeNumber } from './question-json';
export { withLazyAnswers } from './lazy-answers';
export { type QuestionCell, withQuestionCell } from './question-cell';
export { writeTime } from './time-text';
export { type CsvDialect } from './csv-records';
export { type ReferenceFile, ReferenceFiles } from './reference-files.port';
export { type CsvSource, decodeRows } from './row-decoder';
export { archiveColumns, csvHeader, encodeRow } from './row-csv';
export { compareUtf8, type PartitionToken, rowKeyOrder, type RowKeyOrder } from './row-order';
export { SegmentWriter, type SegmentOptions } from './segment-writer';
export { StorageArchiveReader, type StorageArchiveReaderOptions } from './storage-archive-reader';
export { StorageReferenceFiles } from './storage-reference-files';
export { sortInPasses } from './sort-in-passes';
