import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { type ConsumptionRows, type RowChange, type StoredContent } from './consumption-rows.port';
import { type ContentUpdate } from './content-update';
import { mergeContent } from './merge-content';

/** Of each round somebody's update comes of: so many writers of one learner's contents there are not. */
const MAX_ROUNDS = 20;

/** Updates of one learner, course and batch, one per content. */
export interface UpdatesOfLearner {
  readonly learner: LearnerInBatch;
  readonly updates: readonly ContentUpdate[];
  /** Ms since epoch. */
  readonly nowMs: number;
}

/** What the rows would become if nobody else changed them, in order of the updates. @throws CASSANDRA.* */
export async function foreseeRows(
  rows: ConsumptionRows,
  { learner, updates, nowMs }: UpdatesOfLearner,
): Promise<RowChange[]> {
  const contentIds = updates.map(({ contentId }) => contentId);
  const found = new Map((await rows.find(learner, contentIds)).map((row) => [row.contentId, row]));
  return updates.map((update) => {
    const row = found.get(update.contentId);
    return { found: row, merged: mergeContent(row, update, nowMs) };
  });
}

/**
 * Writes what was foreseen; where somebody was faster, what the same updates make of the rows as they are then. Of two
 * writers at once neither undoes the other. Safe to repeat at any point.
 *
 * @returns the rows as they were written, in order of the updates; `contended` when others never stopped changing them
 * @throws CASSANDRA.*
 */
export async function writeRows(
  rows: ConsumptionRows,
  of: UpdatesOfLearner,
  foreseen: readonly RowChange[],
): Promise<StoredContent[] | 'contended'> {
  const written = new Map<string, StoredContent>();
  let changes = foreseen;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const conflicting = new Set(await rows.replace(of.learner, changes));
    for (const change of changes) {
      if (!conflicting.has(change)) written.set(change.merged.contentId, change.merged);
    }
    if (conflicting.size === 0) return of.updates.flatMap(({ contentId }) => written.get(contentId) ?? []);
    const updates = of.updates.filter(({ contentId }) => !written.has(contentId));
    changes = await foreseeRows(rows, { ...of, updates });
  }
  return 'contended';
}
