import { type BatchWeek, currentManifests, type Manifest } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { difference } from '../archive-feature.errors';
import { judgeKey, type KeyCopies, type KeyVerdict } from './judge-key';

/** The archive of a week beside the table: numbers of keys. */
export interface WeekComparison {
  /** Rows in the objects, all iterations together. */
  readonly archivedRows: number;
  /** Live rows that an object holds exactly as they are. */
  readonly matchingRows: number;
  /** Live rows that no object holds as they are. */
  readonly unarchivedRows: number;
  /** Archived keys that the table no longer has in this week: deleted, or rewritten and in a later week now. */
  readonly goneOrRewritten: number;
}

/**
 * Counts how the keys of a week stand. Rows that are only not archived yet are no contradiction.
 *
 * @param onArchived called with each live row that an object holds exactly as it is; void when this throws
 * @throws ARCHIVE.DIFFERENCE when the table contradicts the archive; what `keys` throws
 */
export async function compareWeek(
  batchWeek: BatchWeek,
  manifests: readonly Manifest[],
  keys: AsyncIterable<KeyCopies>,
  onArchived: (live: WrittenAttempt) => void = () => undefined,
): Promise<WeekComparison> {
  const count: Record<KeyVerdict, number> = { gone: 0, unarchived: 0, archived: 0, older: 0, different: 0 };
  for await (const key of keys) {
    const verdict = judgeKey(key);
    count[verdict] += 1;
    if (key.live && verdict === 'archived') onArchived(key.live);
  }
  assertNoContradiction(batchWeek, count);
  return {
    archivedRows: currentManifests(manifests).reduce((sum, { rows }) => sum + rows, 0),
    matchingRows: count.archived,
    unarchivedRows: count.unarchived,
    goneOrRewritten: count.gone,
  };
}

function assertNoContradiction(batchWeek: BatchWeek, { older, different }: Record<KeyVerdict, number>): void {
  const words = [
    ...(older > 0 ? [`${older} live rows are older than what was archived of them`] : []),
    ...(different > 0 ? [`${different} live rows differ from what was archived at the same write time`] : []),
  ];
  if (words.length > 0) throw difference(batchWeek, words.join('; '));
}
