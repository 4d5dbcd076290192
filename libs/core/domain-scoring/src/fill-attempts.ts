import { type AttemptScore, entryKey, mergeEntries } from './attempt-score';
import { type Digest } from './attempt-version';
import { attemptsCountKey, maxScoreKey, metricsOf, scoreKey } from './metrics';
import { parseAggDetail } from './agg-detail';
import { scoreOfRow, type WrittenAttempt } from './stored-attempt';

/** Smaller than any timestamp a row was ever written with. */
const PLACEHOLDER_WRITE_TIME_US = 1n;

/** All that is stored of a learner whom the reference scored. */
export interface LegacyRecord {
  readonly rows: readonly WrittenAttempt[];
  readonly aggDetails: readonly string[];
  /** Stored metrics by key. */
  readonly aggregates: ReadonlyMap<string, number>;
  /** Zone of the times in `aggDetails`, IANA name. */
  readonly timeZone: string;
  /** Now, µs since epoch: above any tombstone that the reference left. */
  readonly nowUs: bigint;
}

/**
 * Every attempt from before Scorekeep. Rows win over `agg_details`; where the stored metrics say more than both explain
 * (attempts that the reference archived), placeholders make best score and count hold.
 */
export function fillAttempts(legacy: LegacyRecord, digest: Digest): AttemptScore[] {
  const entries = new Map<string, AttemptScore>();
  for (const text of legacy.aggDetails) {
    const entry = parseAggDetail(text, legacy.timeZone, legacy.nowUs);
    if (entry) entries.set(entryKey(entry), entry);
  }
  for (const row of legacy.rows) {
    const entry = scoreOfRow(row, digest);
    const listed = entries.get(entryKey(entry));
    entries.set(entryKey(entry), listed ? { ...mergeEntries(entry, listed), ...judgedBy(entry) } : entry);
  }
  return [...entries.values(), ...placeholders(legacy.aggregates, [...entries.values()])];
}

/** Rows win over the reference's list in all but the write time: the list's row may have been deleted and written again. */
function judgedBy(entry: AttemptScore): Pick<AttemptScore, 'score' | 'maxScore' | 'version'> {
  return { score: entry.score, maxScore: entry.maxScore, version: entry.version };
}

function placeholders(aggregates: ReadonlyMap<string, number>, known: readonly AttemptScore[]): AttemptScore[] {
  const metrics = metricsOf(known);
  return contentsOf(aggregates).flatMap((contentId) => {
    const explained = metrics.get(contentId);
    const score = aggregates.get(scoreKey(contentId)) ?? 0;
    const hidesBest = !explained || score > explained.score;
    const missing = (aggregates.get(attemptsCountKey(contentId)) ?? 0) - (explained?.attemptsCount ?? 0);
    const count = Math.max(missing, hidesBest ? 1 : 0);
    const best = { score, maxScore: aggregates.get(maxScoreKey(contentId)) ?? 0 };
    // holds nothing up: the attempt that is the best one now may be sent again, and become worse
    const worst = { score: Math.min(score, 0), maxScore: best.maxScore };
    return Array.from({ length: count }, (_, index) =>
      placeholder(contentId, index + 1, hidesBest && index === 0 ? best : worst),
    );
  });
}

function contentsOf(aggregates: ReadonlyMap<string, number>): string[] {
  const prefix = scoreKey('');
  return [...aggregates.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

function placeholder(
  contentId: string,
  ordinal: number,
  points: Pick<AttemptScore, 'score' | 'maxScore'>,
): AttemptScore {
  return {
    contentId,
    attemptId: String(ordinal),
    ...points,
    version: { timeMs: 0, latestEtsMs: 0, questionCount: 0, digest: '' },
    createdOnMs: 0,
    writeTimeUs: PLACEHOLDER_WRITE_TIME_US,
    placeholder: true,
  };
}
