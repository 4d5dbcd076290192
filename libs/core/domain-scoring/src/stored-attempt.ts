import { type Answer } from './answer';
import { type AnswersSummary } from './answers-summary';
import { type AttemptScore } from './attempt-score';
import { latestPerQuestion, totalAttempt } from './attempt-totals';
import { type Digest, versionOf } from './attempt-version';
import { formatGrandTotal } from './format-score';
import { type AttemptIdentity } from './identity';
import { type AnswersToStore } from './packed-answers';
import { type WriteTimeUs } from './write-time';

/** Which tables answers are in: `unified` keeps them in `assessment_aggregator`, `split` in `assessment_raw`. */
export type StorageLayout = 'unified' | 'split';

/** A row of the table that holds answers. Times in ms since epoch; null where an old row has none. */
export interface StoredAttempt extends AttemptIdentity {
  readonly createdOnMs: number | null;
  readonly updatedOnMs: number | null;
  readonly lastAttemptedOnMs: number | null;
  readonly grandTotal: string | null;
  /** Points. */
  readonly totalScore: number | null;
  /** Points. */
  readonly totalMaxScore: number | null;
  /** As stored, whole copies of the list already taken as one. */
  readonly answers: readonly Answer[];
}

/** A row together with the highest write timestamp of its cells. */
export interface WrittenAttempt extends StoredAttempt {
  readonly writeTimeUs: WriteTimeUs;
  /** Two versions were written at one timestamp and lie in one row: only its key and its write time can be believed. */
  readonly mixed?: true;
}

/**
 * Whether a list of answers, whole copies taken as one, is of two versions that were written at one timestamp.
 *
 * @param writtenCount how many answers one write held; undefined on rows of others
 */
export function isMixed(answers: readonly Answer[], writtenCount: number | undefined): boolean {
  return writtenCount !== undefined && answers.length !== writtenCount;
}

export interface AttemptDraft extends AttemptIdentity {
  readonly createdOnMs: number;
  readonly updatedOnMs: number;
  readonly timeMs: number;
  /** What is stored of the event's answers (see `answersToStore`). */
  readonly answers: AnswersToStore;
  /** Sums of the answers, points. */
  readonly totals: Pick<AnswersSummary, 'score' | 'maxScore'>;
}

/** A row on its way to the table. */
export type AttemptToStore = Omit<StoredAttempt, 'answers'> & { readonly answers: AnswersToStore };

/**
 * What is stored of an event's answers: one per question when unified, all of them in message order when split. This is
 * the attempt's content: events that store the same are the same version.
 */
export function answersToStore(answers: readonly Answer[], layout: StorageLayout): readonly Answer[] {
  return layout === 'unified' ? latestPerQuestion(answers) : answers;
}

/** The row of an attempt. */
export function attemptRow<Draft extends AttemptDraft>(
  draft: Draft,
): Omit<StoredAttempt, 'answers'> & Pick<Draft, 'answers'> {
  const { timeMs, totals, ...rest } = draft;
  return {
    ...rest,
    lastAttemptedOnMs: timeMs,
    grandTotal: formatGrandTotal(totals.score, totals.maxScore),
    totalScore: totals.score,
    totalMaxScore: totals.maxScore,
  };
}

/** An attempt's time: `last_attempted_on`, else `updated_on`, else `created_on`, else 0. Ms since epoch. */
export function attemptTimeMs(row: StoredAttempt): number {
  return row.lastAttemptedOnMs ?? row.updatedOnMs ?? row.createdOnMs ?? 0;
}

/** What a row says of its attempt. Totals that an old row lacks, or that are no numbers, are counted from its answers. */
export function scoreOfRow(row: WrittenAttempt, digest: Digest): AttemptScore {
  const [score, maxScore] = [finite(row.totalScore), finite(row.totalMaxScore)];
  const totals = score === null || maxScore === null ? totalAttempt(row.answers) : { score, maxScore };
  const timeMs = attemptTimeMs(row);
  return {
    contentId: row.contentId,
    attemptId: row.attemptId,
    score: score ?? totals.score,
    maxScore: maxScore ?? totals.maxScore,
    version: versionOf(timeMs, row.answers, digest),
    createdOnMs: row.createdOnMs ?? row.updatedOnMs ?? timeMs,
    writeTimeUs: row.writeTimeUs,
    placeholder: false,
  };
}

function finite(points: number | null): number | null {
  return Number.isFinite(points) ? points : null;
}
