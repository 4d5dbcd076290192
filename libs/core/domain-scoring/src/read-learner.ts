import { type AttemptRows } from './attempt-rows.port';
import { type AttemptScore, type AttemptScores, entryKey, mergeEntries, stateOf } from './attempt-score';
import { type Digest } from './attempt-version';
import { fillAttempts, type LegacyRecord } from './fill-attempts';
import { type LearnerInBatch } from './identity';
import { scoreKey } from './metrics';
import { type LearnerScores, type ScoreBook } from './score-book.port';
import { type EntriesToRecord } from './score-recorder';

export interface LearnerSources {
  readonly book: ScoreBook;
  readonly rows: AttemptRows;
  /** Zone of the times in the reference's `agg_details`, IANA name. */
  readonly aggDetailsTimeZone: string;
  /** The reader's clock, ms since epoch. */
  readonly nowMs: () => number;
}

export interface KnownLearner {
  readonly scores: LearnerScores;
  /** Every attempt: what `scores` holds, filled with what came before Scorekeep. */
  readonly known: AttemptScores;
  /** Set when the learner was not filled: all that came before Scorekeep, to be recorded with the marker. */
  readonly fill?: EntriesToRecord;
}

/**
 * Reads a learner. One who is not filled is read again after the rows: an attempt recorded between the two reads is then
 * in the second, and a learner whom somebody filled meanwhile is taken as they are. What mixed rows say is left to the
 * records that they were written for, which come again.
 *
 * @throws CASSANDRA.*
 */
export async function readLearner(
  sources: LearnerSources,
  learner: LearnerInBatch,
  digest: Digest,
): Promise<KnownLearner> {
  const first = await sources.book.read(learner);
  if (first.filled) return { scores: first, known: first.attempts };
  const rows = (await sources.rows.ofLearner(learner)).filter((row) => !row.mixed);
  const scores = await sources.book.read(learner);
  if (scores.filled) return { scores, known: scores.attempts };
  const legacy = {
    rows,
    aggDetails: scores.aggDetails,
    aggregates: new Map([...scores.legacyAggregates, ...scores.aggregates]),
    timeZone: sources.aggDetailsTimeZone,
    nowUs: BigInt(sources.nowMs()) * 1000n,
  };
  const entries = fillAttempts(legacy, digest);
  const fill = { entries, markFilled: true, ...(isScored(legacy) ? stateBefore(entries, digest) : {}) };
  return { scores, known: completed(scores.attempts, entries), fill };
}

function completed(attempts: AttemptScores, entries: readonly AttemptScore[]): AttemptScores {
  const known = new Map(attempts);
  for (const entry of entries) {
    const before = known.get(entryKey(entry));
    known.set(entryKey(entry), before ? mergeEntries(before, entry) : entry);
  }
  return known;
}

/** Rows alone do not tell that the reference has scored a learner: a process of ours may have died behind them. */
function isScored({ aggDetails, aggregates }: LegacyRecord): boolean {
  return aggDetails.length > 0 || [...aggregates.keys()].some((key) => key.startsWith(scoreKey('')));
}

/** A learner whom the reference has scored has had the certificate request for that. */
function stateBefore(entries: readonly AttemptScore[], digest: Digest): { certificateState: string } {
  return { certificateState: digest(stateOf(new Map(entries.map((entry) => [entryKey(entry), entry])))) };
}
