import { type AttemptScore, type AttemptScores, entryKey, mergeEntries, sameEntry } from './attempt-score';
import { compareVersions } from './attempt-version';
import { type LearnerInBatch } from './identity';
import { aggregatesOf, changedAggregates, metricsOf } from './metrics';
import { type LearnerScores, type ScoreBook, type ScoreChanges } from './score-book.port';

const MAX_ROUNDS = 20;

export interface EntriesToRecord {
  readonly entries: readonly AttemptScore[];
  /** Placeholders that give way to some of `entries`. */
  readonly removed?: readonly AttemptScore[];
  /** What a stored entry and one of `entries` are together. Default `mergeEntries`. */
  readonly merge?: (stored: AttemptScore, entry: AttemptScore) => AttemptScore;
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
  /**
   * Another writer's entry stands where one of `entries` was to be: a smaller version above it, or another one at its
   * very write time, so that their rows have met too. The attempt has to be looked at again.
   */
  | { readonly kind: 'overtaken' }
  /** Other writers kept changing the learner: nothing is lost, try again. */
  | { readonly kind: 'contended' };

/**
 * Writes entries and the metrics that follow from them, and looks again until both hold: whoever else writes to the
 * same learner, under whatever clock, the last one to look puts right what the others could not see.
 *
 * @param before what was read of the learner once; it may be old, since it is looked at again after the write
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
    const { changes, attempts } = changesFor(scores, wanted, nowMs());
    if (!changes) return { kind: 'recorded', scores };
    await book.write(learner, changes);
    const expected = expectedAfter(scores, attempts, changes);
    if (await book.holds(learner, expected, changes.entries)) return { kind: 'recorded', scores: expected };
    scores = await book.read(learner);
  }
  return { kind: 'contended' };
}

interface Change {
  /** What has to be written so that the learner's row says what is wanted; undefined when it does. */
  readonly changes?: ScoreChanges;
  readonly attempts: AttemptScores;
}

function changesFor(scores: LearnerScores, wanted: EntriesToRecord, nowMs: number): Change {
  const news = newsOf(scores, wanted);
  const removed = (wanted.removed ?? []).filter((entry) => scores.attempts.has(entryKey(entry)));
  const attempts = changedAttempts(scores, news, removed);
  const metrics = metricsFor(scores, attempts, nowMs);
  const marker = markerFor(scores, wanted, nowMs);
  if (attempts === scores.attempts && !metrics && !marker) return { attempts };
  const changes = { entries: [...news.values()], ...(removed.length > 0 ? { removed } : {}) };
  return { attempts, changes: { ...changes, ...marker, ...(metrics ? { metrics } : {}) } };
}

function changedAttempts(
  { attempts }: LearnerScores,
  news: ReadonlyMap<string, AttemptScore>,
  removed: readonly AttemptScore[],
): AttemptScores {
  if (news.size === 0 && removed.length === 0) return attempts;
  const changed = new Map([...attempts, ...news]);
  for (const entry of removed) changed.delete(entryKey(entry));
  return changed;
}

/** Those of the entries that say more than what is stored, by their keys. */
function newsOf(
  { attempts, filled }: LearnerScores,
  { entries, merge = mergeEntries }: EntriesToRecord,
): Map<string, AttemptScore> {
  const news = new Map<string, AttemptScore>();
  for (const entry of entries) {
    // came with the marker; where it is not there, it has given way
    if (entry.placeholder && filled) continue;
    const key = entryKey(entry);
    const known = news.get(key) ?? attempts.get(key);
    const merged = known ? merge(known, entry) : entry;
    if (!known || !sameEntry(known, merged)) news.set(key, merged);
  }
  return news;
}

function metricsFor(scores: LearnerScores, attempts: AttemptScores, nowMs: number): ScoreChanges['metrics'] {
  const values = changedAggregates(aggregatesOf(metricsOf(attempts.values())), scores.aggregates);
  if (values.size === 0) return undefined;
  return { values, writeTimeUs: laterUs(nowMs, scores.aggregatesWriteTimeUs), changedOnMs: nowMs };
}

function markerFor(
  scores: LearnerScores,
  { markFilled, certificateState: state }: EntriesToRecord,
  nowMs: number,
): Pick<ScoreChanges, 'markFilled' | 'certificate'> | undefined {
  if (markFilled !== true || scores.filled) return undefined;
  if (state === undefined) return { markFilled };
  return { markFilled, certificate: { state, writeTimeUs: laterUs(nowMs, scores.certificateStateTimeUs) } };
}

/** What the learner's row says when nobody else has changed it. */
function expectedAfter(scores: LearnerScores, attempts: AttemptScores, changes: ScoreChanges): LearnerScores {
  const { metrics, markFilled, certificate } = changes;
  return {
    ...scores,
    attempts,
    filled: scores.filled || markFilled === true,
    ...(certificate ? { certificateState: certificate.state, certificateStateTimeUs: certificate.writeTimeUs } : {}),
    ...(metrics
      ? { aggregates: new Map([...scores.aggregates, ...metrics.values]), aggregatesWriteTimeUs: metrics.writeTimeUs }
      : {}),
  };
}

function isOvertaken(entry: AttemptScore, { attempts }: LearnerScores): boolean {
  const known = attempts.get(entryKey(entry));
  if (!known) return false;
  const comparison = compareVersions(entry.version, known.version);
  if (comparison > 0) return known.writeTimeUs >= entry.writeTimeUs;
  // the row of the known version was written without knowing of the earlier creation
  if (entry.createdOnMs < known.createdOnMs && entry.writeTimeUs <= known.writeTimeUs) return true;
  if (known.writeTimeUs !== entry.writeTimeUs) return false;
  return comparison < 0 || known.createdOnMs < entry.createdOnMs;
}

/** A time to write at, µs since epoch: above what is stored, whatever clock wrote it. */
export function laterUs(nowMs: number, storedUs: bigint): bigint {
  const nowUs = BigInt(nowMs) * 1000n;
  return nowUs > storedUs ? nowUs : storedUs + 1n;
}
