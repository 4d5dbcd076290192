import { type BatchWeek, formatIsoWeek, parseIsoWeek } from '@scorekeep/core/domain-archive';
import { UsageError } from '@scorekeep/platform/util-cli';
import { messageOf } from '@scorekeep/platform/util-errors';

/** A week in a JSON result. */
export function weekFields({ batchId, collectionId, week }: BatchWeek): {
  batchId: string;
  collectionId: string;
  isoYear: number;
  isoWeek: number;
} {
  return { batchId, collectionId, isoYear: week.isoYear, isoWeek: week.isoWeek };
}

/** A week in a table. */
export function weekColumns({
  batchId,
  collectionId,
  week,
}: BatchWeek): Record<'batch' | 'collection' | 'week', string> {
  return { batch: batchId, collection: collectionId, week: formatIsoWeek(week) };
}

/** A week in a sentence. */
export function nameOfWeek({ batchId, collectionId, week }: BatchWeek): string {
  return `week ${formatIsoWeek(week)} of batch ${batchId}, collection ${collectionId}`;
}

/** A week as an option's value, without a leading zero. @throws UsageError */
export function parseWeek(value: string): string {
  try {
    return formatIsoWeek(parseIsoWeek(value));
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
