import { type ArchivedCopy } from './archived-attempt';
import { type AttemptScore } from './attempt-score';
import { compareVersions, type Digest } from './attempt-version';
import { attemptKey, type AttemptOfLearner, type LearnerInBatch } from './identity';
import { mergeWithArchive, planArchived } from './plan-archived';
import { type LearnerSources, readLearner } from './read-learner';
import { type LearnerScores } from './score-book.port';
import { type ScoreConflict } from './score-conflict';
import { type Recorded, recordScores } from './score-recorder';
import { scoreOfRow } from './stored-attempt';
import { type WriteTimeUs } from './write-time';

const MAX_ROUNDS = 5;

/** What was met of a learner outside of their row. */
export interface LearnerEvidence {
  /** Every archived copy of the learner's attempts. */
  readonly archived: readonly ArchivedCopy[];
  /** Live rows that were seen, and the highest write time of each. */
  readonly rows: readonly (AttemptOfLearner & { readonly writeTimeUs: WriteTimeUs })[];
}

export type MigratedLearner =
  | {
      readonly kind: 'migrated';
      readonly scores: LearnerScores;
      /** Whether anything had to be written. */
      readonly changed: boolean;
      readonly conflicts: readonly ScoreConflict[];
    }
  /** Other writers kept changing the learner: nothing is lost, try again. */
  | { readonly kind: 'contended' };

/**
 * Completes what is kept of a learner for good: fills it as whoever touches a learner first does, then adds what else
 * live rows and the archive know. May be repeated and killed, and runs beside others who write the same learner.
 *
 * @throws CASSANDRA.*
 */
export async function migrateLearner(
  sources: LearnerSources,
  learner: LearnerInBatch,
  evidence: LearnerEvidence,
  digest: Digest,
): Promise<MigratedLearner> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { scores: before, fill } = await readLearner(sources, learner, digest);
    // Filled first and by itself: what the archive explains is told from what the filling found.
    const filled: Recorded = fill
      ? await recordScores(sources, learner, before, fill)
      : { kind: 'recorded', scores: before };
    if (filled.kind !== 'recorded') continue;
    const unseen = await unseenRows(sources, learner, { scores: filled.scores, evidence, digest });
    const nowUs = BigInt(sources.nowMs()) * 1000n;
    const { entries, removed, conflicts } = planArchived(filled.scores.attempts, evidence.archived, nowUs);
    const wanted = { entries: [...unseen, ...entries], removed, merge: mergeWithArchive };
    const recorded = await recordScores(sources, learner, filled.scores, wanted);
    if (recorded.kind !== 'recorded') continue;
    return { kind: 'migrated', scores: recorded.scores, changed: recorded.scores !== before, conflicts };
  }
  return { kind: 'contended' };
}

interface Unseen {
  readonly scores: LearnerScores;
  readonly evidence: LearnerEvidence;
  readonly digest: Digest;
}

/** Rows that their entries do not know: whoever wrote them died before the entry, and its record may never come again. */
async function unseenRows(
  { rows }: LearnerSources,
  learner: LearnerInBatch,
  { scores, evidence, digest }: Unseen,
): Promise<AttemptScore[]> {
  const isKnown = (row: AttemptOfLearner & { readonly writeTimeUs: WriteTimeUs }): boolean =>
    (scores.attempts.get(attemptKey(row))?.writeTimeUs ?? -1n) >= row.writeTimeUs;
  if (evidence.rows.every(isKnown)) return [];
  const live = (await rows.ofLearner(learner)).filter((row) => !row.mixed && !isKnown(row));
  return live.map((row) => withoutLowering(scoreOfRow(row, digest), scores));
}

/** A row of a smaller version that was written later: only its write time counts. */
function withoutLowering(entry: AttemptScore, { attempts }: LearnerScores): AttemptScore {
  const known = attempts.get(attemptKey(entry));
  if (!known || compareVersions(entry.version, known.version) >= 0) return entry;
  return { ...known, writeTimeUs: entry.writeTimeUs };
}
