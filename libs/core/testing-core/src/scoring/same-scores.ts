import { type LearnerScores, sameEntry } from '@scorekeep/core/domain-scoring';

/** Whether entries, marker and metrics are what is expected. */
export function sameScores(stored: LearnerScores, expected: LearnerScores): boolean {
  return (
    stored.filled === expected.filled &&
    stored.aggregatesWriteTimeUs === expected.aggregatesWriteTimeUs &&
    stored.attempts.size === expected.attempts.size &&
    [...expected.aggregates].every(([key, value]) => stored.aggregates.get(key) === value) &&
    [...expected.attempts].every(([key, entry]) => {
      const known = stored.attempts.get(key);
      return known !== undefined && sameEntry(known, entry);
    })
  );
}
