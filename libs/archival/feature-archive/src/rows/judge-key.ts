import { compareCopies, type Manifest, sameContent } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';

/** What an object holds of an attempt. */
export interface ArchivedCopy {
  readonly row: WrittenAttempt;
  /** Names the object. */
  readonly manifest: Manifest;
}

/** All copies of one attempt in one week. */
export interface KeyCopies {
  /** Of all iterations; not in order of time. */
  readonly copies: readonly ArchivedCopy[];
  /** The live row, when it is in that week. */
  readonly live?: WrittenAttempt;
}

/**
 * How a live row stands to its archived copies. Write times decide which is the later version, because they decide it
 * in the table too.
 *
 * - `gone`: the table has no such row in the week, or has it in a later version that belongs to a later week
 * - `unarchived`: no object holds the row as it is, but perhaps as it was
 * - `archived`: an object holds exactly this
 * - `older`: objects hold a later version
 * - `different`: objects hold something else with the very same write time
 */
export type KeyVerdict = 'gone' | 'unarchived' | 'archived' | 'older' | 'different';

export function judgeKey({ copies, live }: KeyCopies): KeyVerdict {
  if (!live) return 'gone';
  const latestUs = latestCopy(copies)?.writeTimeUs ?? -1n;
  if (live.writeTimeUs > latestUs) return 'unarchived';
  if (live.writeTimeUs < latestUs) return 'older';
  const equal = copies.some(({ row }) => row.writeTimeUs === latestUs && sameContent(row, live));
  return equal ? 'archived' : 'different';
}

/** The copy that was written last; of equally late ones the greatest version. */
export function latestCopy(copies: readonly ArchivedCopy[]): WrittenAttempt | undefined {
  return copies.reduce<WrittenAttempt | undefined>(
    (latest, { row }) => (latest && !isLater(row, latest) ? latest : row),
    undefined,
  );
}

function isLater(left: WrittenAttempt, right: WrittenAttempt): boolean {
  if (left.writeTimeUs !== right.writeTimeUs) return left.writeTimeUs > right.writeTimeUs;
  return compareCopies(left, right) > 0;
}
