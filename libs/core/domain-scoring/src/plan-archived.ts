import { type ArchivedCopy, hasAnswers, mergeCopies } from './archived-attempt';
import { type AttemptScore, type AttemptScores, mergeEntries } from './attempt-score';
import { compareVersions } from './attempt-version';
import { attemptKey } from './identity';
import { metricsOf } from './metrics';
import { type ScoreConflict, conflictsBetween } from './score-conflict';
import { writeTimeOf, type WriteTimeUs } from './write-time';

/** What a learner's archived attempts change in `attempts`. */
export interface ArchivedPlan {
  /** New ones, and stored ones that the archive knows better. */
  readonly entries: readonly AttemptScore[];
  /** Placeholders that these stood behind. */
  readonly removed: readonly AttemptScore[];
  /** Where sources differ on one version of an attempt. */
  readonly conflicts: readonly ScoreConflict[];
}

/**
 * Reconciles a learner's `attempts`, filled, with what the archive says. Pure; the order of `copies` does not matter,
 * and what it plans, done, plans nothing more.
 *
 * - An attempt that is not there comes in, and a placeholder of its content gives way.
 * - One that is there stays, unless the archive has a greater version of it, or its answers where only totals are known.
 * - One that came in after the filling, sent again, was archived before: a placeholder stands for it, too, and gives way.
 * - The last placeholder stays while it holds a best score that no attempt, and no archived version of those, reaches.
 *
 * @param attempts of the learner, filled
 * @param copies every archived copy of the learner's attempts
 * @param nowUs above any tombstone that the reference left
 */
export function planArchived(
  attempts: AttemptScores,
  copies: readonly ArchivedCopy[],
  nowUs: WriteTimeUs,
): ArchivedPlan {
  const entries = new Map<string, AttemptScore>();
  const conflicts: ScoreConflict[] = [];
  const explained = new Map<string, Explained>();
  for (const [key, ofAttempt] of groupedByAttempt(copies)) {
    const archived = mergeCopies(ofAttempt);
    const known = attempts.get(key);
    conflicts.push(...conflictsOf(ofAttempt, archived, known));
    const entry = known ? improved(known, archived, nowUs) : newEntry(archived, nowUs);
    if (entry) entries.set(key, entry);
    if (entry && (!known || wasSentAgain(known, archived))) {
      const { count, best } = explained.get(entry.contentId) ?? { count: 0, best: -Infinity };
      const scores = ofAttempt.map(({ score }) => score);
      explained.set(entry.contentId, { count: count + 1, best: Math.max(best, ...scores) });
    }
  }
  return { entries: [...entries.values()], removed: givingWay({ attempts, entries, explained }), conflicts };
}

/** Answers are believed over totals; else the greater version counts. */
export function mergeWithArchive(stored: AttemptScore, entry: AttemptScore): AttemptScore {
  if (hasAnswers(stored) === hasAnswers(entry)) return mergeEntries(stored, entry);
  const { score, maxScore, version } = hasAnswers(stored) ? stored : entry;
  return { ...mergeEntries(stored, entry), score, maxScore, version };
}

function groupedByAttempt(copies: readonly ArchivedCopy[]): Map<string, [ArchivedCopy, ...ArchivedCopy[]]> {
  const grouped = new Map<string, [ArchivedCopy, ...ArchivedCopy[]]>();
  for (const copy of copies) {
    const known = grouped.get(attemptKey(copy));
    if (known) known.push(copy);
    else grouped.set(attemptKey(copy), [copy]);
  }
  return grouped;
}

function newEntry(archived: ArchivedCopy, nowUs: WriteTimeUs): AttemptScore {
  return entryOf(archived, { createdOnMs: archived.createdOnMs, writeTimeUs: tombstoneUs(archived, nowUs) });
}

/** The known entry as the archive makes it; undefined when it stays as it is. */
function improved(known: AttemptScore, archived: ArchivedCopy, nowUs: WriteTimeUs): AttemptScore | undefined {
  const isBetter = saysMore(archived, known);
  if (!isBetter && !wasSentAgain(known, archived)) return undefined;
  const createdOnMs = Math.min(known.createdOnMs, archived.createdOnMs);
  const above = known.writeTimeUs + 1n;
  const tombstone = tombstoneUs(archived, nowUs);
  const writeTimeUs = tombstone > above ? tombstone : above;
  return isBetter ? entryOf(archived, { createdOnMs, writeTimeUs }) : { ...known, createdOnMs, writeTimeUs };
}

/** Equal versions of which only the points differ are a conflict, and no reason to change what is stored. */
function saysMore(archived: ArchivedCopy, known: AttemptScore): boolean {
  if (hasAnswers(archived) !== hasAnswers(known)) return hasAnswers(archived);
  return compareVersions(archived.version, known.version) > 0;
}

/**
 * Whether whoever wrote the entry knew of no earlier one, though the attempt was archived before: it was written as a
 * first version is, and created after the archived row.
 */
function wasSentAgain(known: AttemptScore, archived: ArchivedCopy): boolean {
  return (
    hasAnswers(known) &&
    known.createdOnMs > Math.max(archived.createdOnMs, archived.updatedOnMs) &&
    known.writeTimeUs === writeTimeOf(known.version)
  );
}

function entryOf(
  { contentId, attemptId, score, maxScore, version }: ArchivedCopy,
  times: Pick<AttemptScore, 'createdOnMs' | 'writeTimeUs'>,
): AttemptScore {
  return { contentId, attemptId, score, maxScore, version, ...times, placeholder: false };
}

/** Scorekeep deletes at the row's own time, the reference at the time when it deleted. */
function tombstoneUs({ origin, writeTimeUs }: ArchivedCopy, nowUs: WriteTimeUs): WriteTimeUs {
  return origin === 'reference' && nowUs > writeTimeUs ? nowUs : writeTimeUs;
}

/** What is known now of attempts of a content that placeholders stood for. */
interface Explained {
  readonly count: number;
  /** Points of the best of their archived versions: what the stored metrics were made of. */
  readonly best: number;
}

interface GivingWay {
  readonly attempts: AttemptScores;
  readonly entries: ReadonlyMap<string, AttemptScore>;
  readonly explained: ReadonlyMap<string, Explained>;
}

function givingWay({ attempts, entries, explained }: GivingWay): AttemptScore[] {
  if (explained.size === 0) return [];
  const all = [...new Map([...attempts, ...entries]).values()];
  const real = metricsOf(all.filter(({ placeholder }) => !placeholder));
  return [...explained].flatMap(([contentId, { count, best: explainedBest }]) => {
    const placeholders = all
      .filter((each) => each.placeholder && each.contentId === contentId)
      .sort((left, right) => Number(left.attemptId) - Number(right.attemptId));
    const best = Math.max(...placeholders.map(({ score }) => score));
    const holdsBest = best > Math.max(explainedBest, real.get(contentId)?.score ?? -Infinity);
    return placeholders.slice(Math.max(placeholders.length - count, holdsBest ? 1 : 0));
  });
}

function conflictsOf(
  copies: readonly ArchivedCopy[],
  archived: ArchivedCopy,
  known: AttemptScore | undefined,
): ScoreConflict[] {
  const winner = known && !saysMore(archived, known) ? known : archived;
  const others = [...copies, ...(known ? [known] : [])].filter((each) => each !== winner);
  return others.flatMap((other) => conflictsBetween(winner, other));
}
