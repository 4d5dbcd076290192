import {
  type ArchivalRecord,
  type ArchivePeriod,
  type BatchWeek,
  compareUtf8,
  compareWeeks,
  weekStartMs,
} from '@scorekeep/core/domain-archive';
import { type BatchSelection, isSelected } from './batch-selection';

export function isInPeriod({ week }: Pick<BatchWeek, 'week'>, { fromMs, beforeMs }: ArchivePeriod): boolean {
  const startMs = weekStartMs(week);
  return startMs >= (fromMs ?? -Infinity) && startMs < beforeMs;
}

export function sameWeek(left: BatchWeek, right: BatchWeek): boolean {
  return compareBatchWeeks(left, right) === 0;
}

/** By batch, collection, week. */
export function compareBatchWeeks(left: BatchWeek, right: BatchWeek): number {
  return (
    compareUtf8(left.batchId, right.batchId) ||
    compareUtf8(left.collectionId, right.collectionId) ||
    compareWeeks(left.week, right.week)
  );
}

/** Which recorded weeks a command is about. */
export interface RecordedWeeksRequest {
  /** Without it: every week. */
  readonly period?: ArchivePeriod;
  /** Without it: every batch. */
  readonly batches?: readonly BatchSelection[];
}

/** Those of the records that were asked for, in order. */
export function selectRecords(
  records: readonly ArchivalRecord[],
  { period, batches }: RecordedWeeksRequest,
): ArchivalRecord[] {
  return records
    .filter((record) => isSelected(record, batches) && (period === undefined || isInPeriod(record, period)))
    .sort(compareBatchWeeks);
}
