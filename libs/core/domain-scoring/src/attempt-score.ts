import { type AttemptVersion, compareVersions } from './attempt-version';
import { attemptKey, type AttemptOfLearner, placeholderKey } from './identity';
import { type WriteTimeUs } from './write-time';

/** What is kept of an attempt for good: one entry of `user_activity_agg.attempts`. */
export interface AttemptScore extends AttemptOfLearner {
  /** Points. */
  readonly score: number;
  /** Points. */
  readonly maxScore: number;
  /** The greatest version seen; its `timeMs` is `last_attempted_on`. */
  readonly version: AttemptVersion;
  /** The smallest record timestamp seen, ms since epoch. */
  readonly createdOnMs: number;
  /** The highest timestamp ever used on the attempt's row, its tombstone included. Also the timestamp of this entry. */
  readonly writeTimeUs: WriteTimeUs;
  /** Stands for an attempt of which only the metrics are known; `attemptId` is its ordinal. */
  readonly placeholder: boolean;
}

/** Entries by `attemptKey` or `placeholderKey`. */
export type AttemptScores = ReadonlyMap<string, AttemptScore>;

export function entryKey(entry: AttemptScore): string {
  return entry.placeholder ? placeholderKey(entry.contentId, Number(entry.attemptId)) : attemptKey(entry);
}

/** What two sources say of one attempt, as one: the greater version, the earlier creation, the later write. */
export function mergeEntries(left: AttemptScore, right: AttemptScore): AttemptScore {
  const greater = compareVersions(left.version, right.version) >= 0 ? left : right;
  return {
    ...greater,
    createdOnMs: Math.min(left.createdOnMs, right.createdOnMs),
    writeTimeUs: left.writeTimeUs > right.writeTimeUs ? left.writeTimeUs : right.writeTimeUs,
  };
}

/** True when both say the same, so that nothing has to be written. */
export function sameEntry(left: AttemptScore, right: AttemptScore): boolean {
  return (
    compareVersions(left.version, right.version) === 0 &&
    left.createdOnMs === right.createdOnMs &&
    left.writeTimeUs === right.writeTimeUs
  );
}

/** One text for one state of a learner's attempts, to tell whether a certificate request for that state was sent. */
export function stateOf(attempts: AttemptScores): string {
  return [...attempts]
    .map(([key, { version }]) => JSON.stringify([key, version.timeMs, version.latestEtsMs, version.digest]))
    .sort()
    .join('\n');
}
