import { type AttemptScore } from './attempt-score';
import { type AttemptVersion, compareVersions, type Digest } from './attempt-version';
import { scoreOfRow, type StoredAttempt } from './stored-attempt';
import { type WriteTimeUs } from './write-time';

/** Whose program archived a row. */
export type ArchiveOrigin = 'scorekeep' | 'reference';

/** What is needed of an archived row for scores: small, so that those of many learners fit into memory. */
export interface ArchivedCopy extends Omit<AttemptScore, 'placeholder'> {
  readonly origin: ArchiveOrigin;
  /** When the row was written last, ms since epoch. */
  readonly updatedOnMs: number;
}

/**
 * An archived row as a copy of its attempt.
 *
 * @param writeTimeUs the row's; undefined where the archive does not tell (the reference's): then it counts as 0
 */
export function archivedCopy(row: StoredAttempt, writeTimeUs: WriteTimeUs | undefined, digest: Digest): ArchivedCopy {
  const { placeholder: _placeholder, ...score } = scoreOfRow({ ...row, writeTimeUs: writeTimeUs ?? 0n }, digest);
  const origin = writeTimeUs === undefined ? 'reference' : 'scorekeep';
  return { ...score, origin, updatedOnMs: row.updatedOnMs ?? score.version.timeMs };
}

/** Whether a version's answers are known: of `agg_details`, and of rows without questions, only totals are. */
export function hasAnswers({ version }: { readonly version: AttemptVersion }): boolean {
  return version.digest !== '';
}

/**
 * Orders what archived rows, live rows and entries say of one attempt: totals alone below answers, then by version; of
 * one version, by points, so that everybody chooses alike.
 */
export function compareProof(left: ProvenScore, right: ProvenScore): number {
  return (
    Number(hasAnswers(left)) - Number(hasAnswers(right)) ||
    compareVersions(left.version, right.version) ||
    left.score - right.score ||
    left.maxScore - right.maxScore
  );
}

export type ProvenScore = Pick<AttemptScore, 'version' | 'score' | 'maxScore'>;

/** Copies of one attempt as one: what the greatest says, created when the earliest was, written when the latest was. */
export function mergeCopies(copies: readonly [ArchivedCopy, ...ArchivedCopy[]]): ArchivedCopy {
  return copies.reduce((left, right) => {
    const greater = compareProof(left, right) >= 0 ? left : right;
    return {
      ...greater,
      // the reference's deletion may have come at any time
      origin: left.origin === right.origin ? left.origin : 'reference',
      createdOnMs: Math.min(left.createdOnMs, right.createdOnMs),
      updatedOnMs: Math.max(left.updatedOnMs, right.updatedOnMs),
      writeTimeUs: left.writeTimeUs > right.writeTimeUs ? left.writeTimeUs : right.writeTimeUs,
    };
  });
}
