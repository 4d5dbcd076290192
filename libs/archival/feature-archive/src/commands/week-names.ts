import { type BatchWeek, formatIsoWeek } from '@scorekeep/core/domain-archive';

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
