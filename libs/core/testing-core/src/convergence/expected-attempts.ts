import {
  type Answer,
  attemptKey,
  type AttemptOfLearner,
  canonicalAnswers,
  type StorageLayout,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { type Submission } from './submissions.arbitrary';

/** What the tables must say of one attempt in the end. */
export interface ExpectedAttempt extends AttemptOfLearner {
  readonly timeMs: number;
  readonly createdOnMs: number;
  /** The times of all its records. */
  readonly recordsMs: ReadonlySet<number>;
  /** Any of these: the records of equal copies. */
  readonly updatedOnMs: ReadonlySet<number>;
  readonly score: number;
  readonly maxScore: number;
  /** As stored. */
  readonly answers: readonly Answer[];
}

type Version = readonly [timeMs: number, latestEtsMs: number, questions: number, digest: string];

interface Candidate {
  readonly version: Version;
  readonly submission: Submission;
}

/**
 * The model: of each attempt the greatest of its submissions, created with the earliest of its records. Counted from the
 * submissions alone, without the ingest's own code.
 *
 * @returns by `attemptKey`
 */
export function expectedAttempts(
  submissions: readonly Submission[],
  layout: StorageLayout,
): Map<string, ExpectedAttempt> {
  const byAttempt = new Map<string, Candidate[]>();
  for (const submission of submissions) {
    const key = attemptKey(submission);
    byAttempt.set(key, [...(byAttempt.get(key) ?? []), { version: versionOf(submission, layout), submission }]);
  }
  return new Map([...byAttempt].map(([key, candidates]) => [key, expectedOf(candidates, layout)]));
}

/** The learner's metrics by their keys in `aggregates`. */
export function expectedMetrics(
  attempts: Iterable<AttemptOfLearner & { readonly score: number; readonly maxScore: number }>,
): Record<string, number> {
  const metrics: Record<string, number> = {};
  const ordered = [...attempts].sort((left, right) => (left.attemptId < right.attemptId ? -1 : 1));
  for (const { contentId, score, maxScore } of ordered) {
    const best = metrics[`score:${contentId}`];
    metrics[`attempts_count:${contentId}`] = (metrics[`attempts_count:${contentId}`] ?? 0) + 1;
    if (best !== undefined && best >= score) continue;
    metrics[`score:${contentId}`] = score;
    metrics[`max_score:${contentId}`] = maxScore;
  }
  return metrics;
}

function expectedOf(candidates: readonly Candidate[], layout: StorageLayout): ExpectedAttempt {
  const [first, ...others] = candidates;
  if (!first) throw new Error('an attempt has submissions');
  const greatest = others.reduce((best, each) => (isGreater(each.version, best.version) ? each : best), first);
  const equals = candidates.filter((each) => !isGreater(greatest.version, each.version));
  const { contentId, attemptId, answers } = greatest.submission;
  const counted = latest(answers);
  return {
    contentId,
    attemptId,
    timeMs: greatest.version[0],
    createdOnMs: Math.min(...candidates.map(({ submission }) => submission.recordTimestampMs)),
    recordsMs: new Set(candidates.map(({ submission }) => submission.recordTimestampMs)),
    updatedOnMs: new Set(equals.map(({ submission }) => submission.recordTimestampMs)),
    score: sum(counted.map(({ score }) => score)),
    maxScore: sum(counted.map(({ maxScore }) => maxScore)),
    answers: layout === 'unified' ? counted : answers,
  };
}

function versionOf(submission: Submission, layout: StorageLayout): Version {
  const stored = layout === 'unified' ? latest(submission.answers) : submission.answers;
  return [
    Math.min(submission.assessmentTsMs, submission.recordTimestampMs),
    Math.max(...stored.map(({ etsMs }) => etsMs)),
    new Set(stored.map(({ questionId }) => questionId)).size,
    shortDigest(canonicalAnswers(stored)),
  ];
}

function isGreater(left: Version, right: Version): boolean {
  for (const [index, value] of left.entries()) {
    const other = right[index];
    if (other !== undefined && value !== other) return value > other;
  }
  return false;
}

function latest(answers: readonly Answer[]): Answer[] {
  const questions = [...new Set(answers.map(({ questionId }) => questionId))];
  return questions.flatMap((id) => {
    const ofQuestion = answers.filter(({ questionId }) => questionId === id);
    const etsMs = Math.max(...ofQuestion.map((answer) => answer.etsMs));
    return ofQuestion.filter((answer) => answer.etsMs === etsMs).slice(0, 1);
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
