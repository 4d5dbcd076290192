import { type AttemptScore, type AttemptScores, entryKey, mergeEntries, sameEntry } from './attempt-score';
import { compareVersions } from './attempt-version';
import { type LearnerInBatch } from './identity';
import { aggregatesOf, changedAggregates, metricsOf } from './metrics';
import { type LearnerScores, type ScoreBook, type ScoreChanges } from './score-book.port';

const MAX_ROUNDS = 20;

export interface EntriesToRecord {
  readonly entries: readonly AttemptScore[];
  /** Set when `entries` hold all that came before Scorekeep. */
  readonly markFilled?: boolean;
  /** With `markFilled`: the state for which no certificate request is due. */
  readonly certificateState?: string;
}

export interface ScoreWriter {
  readonly book: ScoreBook;
  /** The writer's clock, ms since epoch. */
  readonly nowMs: () => number;
}

export type Recorded =
  | { readonly kind: 'recorded'; readonly scores: LearnerScores }
  /** Another writer put a smaller version above one of `entries`: its row must be written again, higher. */
  | { readonly kind: 'overtaken' }
  /** Other writers kept changing the learner: nothing is lost, try again. */
  | { readonly kind: 'contended' };

/**
 * Writes entries and the metrics that follow from them, and reads again until both hold: whoever else writes to the
 * same learner, under whatever clock, the last one to read puts right what the others could not see.
 *
 * @param before what was read of the learner, from before or after the attempts' rows were written
 */
export async function recordScores(
  { book, nowMs }: ScoreWriter,
  learner: LearnerInBatch,
  before: LearnerScores,
  wanted: EntriesToRecord,
): Promise<Recorded> {
  let scores = before;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (wanted.entries.some((entry) => isOvertaken(entry, scores))) return { kind: 'overtaken' };
    const changes = changesFor(scores, wanted, nowMs());
    if (!changes) return { kind: 'recorded', scores };
    await book.write(learner, changes);
    scores = await book.read(learner);
  }
  return { kind: 'contended' };
}

/** What has to be written so that the learner's row says what `wanted` says; undefined when it does. */
function changesFor(scores: LearnerScores, wanted: EntriesToRecord, nowMs: number): ScoreChanges | undefined {
  const attempts = withEntries(scores.attempts, wanted.entries);
  const entries = [...attempts]
    .filter(([key, entry]) => isNews(scores.attempts.get(key), entry))
    .map(([, entry]) => entry);
  const values = changedAggregates(aggregatesOf(metricsOf(attempts.values())), scores.aggregates);
  const markFilled = wanted.markFilled === true && !scores.filled;
  if (entries.length === 0 && values.size === 0 && !markFilled) return undefined;
  return {
    entries,
    ...(markFilled ? { markFilled } : {}),
    ...(markFilled && wanted.certificateState !== undefined ? { certificateState: wanted.certificateState } : {}),
    ...(values.size > 0
      ? { metrics: { values, writeTimeUs: laterUs(nowMs, scores.aggregatesWriteTimeUs), changedOnMs: nowMs } }
      : {}),
  };
}

function withEntries(attempts: AttemptScores, entries: readonly AttemptScore[]): Map<string, AttemptScore> {
  const merged = new Map(attempts);
  for (const entry of entries) {
    const key = entryKey(entry);
    const known = merged.get(key);
    merged.set(key, known ? mergeEntries(known, entry) : entry);
  }
  return merged;
}

function isOvertaken(entry: AttemptScore, scores: LearnerScores): boolean {
  const known = scores.attempts.get(entryKey(entry));
  return (
    known !== undefined && compareVersions(entry.version, known.version) > 0 && known.writeTimeUs >= entry.writeTimeUs
  );
}

function isNews(known: AttemptScore | undefined, entry: AttemptScore): boolean {
  return known === undefined || !sameEntry(known, entry);
}

/** Above what is stored, whatever clock wrote it. */
function laterUs(nowMs: number, storedUs: bigint): bigint {
  const nowUs = BigInt(nowMs) * 1000n;
  return nowUs > storedUs ? nowUs : storedUs + 1n;
}
