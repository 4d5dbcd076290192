import { parseAssessRecord } from '@scorekeep/core/contract-events';
import {
  type Answer,
  attemptsCountKey,
  compareVersions,
  latestPerQuestion,
  maxScoreKey,
  scoreKey,
  type StorageLayout,
  totalAttempt,
  versionOf,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { type SampleSubmission } from './sample-data.generator';
import { renderSubmission } from './submission.builder';

/** What the tables must hold of one attempt in the end. */
export interface SampleAttempt {
  readonly score: number;
  readonly maxScore: number;
  /** As stored, each as one text. */
  readonly answers: readonly string[];
  /** Answers that count, one per question: what a report has of it. */
  readonly questions: number;
  readonly lastAttemptedOnMs: number;
  readonly createdOnMs: number;
  /** The times of all its records. */
  readonly recordsMs: ReadonlySet<number>;
  /** Any one of these: the records of equal copies. */
  readonly updatedOnMs: ReadonlySet<number>;
}

/** A learner's metrics by their keys in `aggregates`. */
export type SampleMetrics = Readonly<Record<string, number>>;

interface Candidate {
  readonly timeMs: number;
  readonly recordMs: number;
  readonly answers: readonly Answer[];
}

/**
 * The model: of each attempt the greatest version among its submissions, counted straight from the messages that were
 * sent, without any of the ingest's own code.
 *
 * @returns by attempt id
 */
export function sampleAttempts(
  submissions: readonly SampleSubmission[],
  layout: StorageLayout,
): Map<string, SampleAttempt> {
  const byAttempt = new Map<string, Candidate[]>();
  for (const submission of submissions) {
    const { attemptId, assessmentTsMs, recordMs } = submission;
    const all = sampleAnswers(submission);
    const answers = layout === 'unified' ? latestPerQuestion(all) : all;
    const candidate = { timeMs: Math.min(assessmentTsMs, recordMs), recordMs, answers };
    byAttempt.set(attemptId, [...(byAttempt.get(attemptId) ?? []), candidate]);
  }
  return new Map([...byAttempt].map(([attemptId, candidates]) => [attemptId, expectedOf(candidates)]));
}

/** @returns by user, course and batch id, as `learnerText` gives it */
export function sampleMetrics(
  submissions: readonly SampleSubmission[],
  attempts: ReadonlyMap<string, SampleAttempt>,
): Map<string, SampleMetrics> {
  const metrics = new Map<string, Record<string, number>>();
  const distinct = new Map(submissions.map((submission) => [submission.attemptId, submission]));
  for (const attemptId of [...distinct.keys()].sort()) {
    const [submission, attempt] = [distinct.get(attemptId), attempts.get(attemptId)];
    if (!submission || !attempt) continue;
    const { id } = submission.content;
    const known = metrics.get(learnerText(submission)) ?? {};
    const isBest = attempt.score > (known[scoreKey(id)] ?? -Infinity);
    metrics.set(learnerText(submission), {
      ...known,
      [attemptsCountKey(id)]: (known[attemptsCountKey(id)] ?? 0) + 1,
      ...(isBest ? { [scoreKey(id)]: attempt.score, [maxScoreKey(id)]: attempt.maxScore } : {}),
    });
  }
  return metrics;
}

export function learnerText(learner: { userId: string; courseId: string; batchId: string }): string {
  return `${learner.userId} ${learner.courseId} ${learner.batchId}`;
}

/** An answer as one text, to compare. */
export function answerText({ questionId, etsMs, score, maxScore }: Answer): string {
  return `${questionId} at ${etsMs}: ${score} of ${maxScore}`;
}

function expectedOf(candidates: readonly Candidate[]): SampleAttempt {
  const version = ({ timeMs, answers }: Candidate) => versionOf(timeMs, answers, shortDigest);
  const greatest = candidates.reduce((best, each) => (compareVersions(version(each), version(best)) > 0 ? each : best));
  const equals = candidates.filter((each) => compareVersions(version(each), version(greatest)) === 0);
  const { score, maxScore, counted } = totalAttempt(greatest.answers);
  return {
    score,
    maxScore,
    answers: greatest.answers.map(answerText),
    questions: counted.length,
    lastAttemptedOnMs: greatest.timeMs,
    createdOnMs: Math.min(...candidates.map(({ recordMs }) => recordMs)),
    recordsMs: new Set(candidates.map(({ recordMs }) => recordMs)),
    updatedOnMs: new Set(equals.map(({ recordMs }) => recordMs)),
  };
}

/** The answers of its message, in their order. */
export function sampleAnswers(submission: SampleSubmission): Answer[] {
  const parsed = parseAssessRecord(new TextEncoder().encode(renderSubmission(submission)));
  if (parsed.kind !== 'attempt') throw new Error('the generator made an invalid event');
  return parsed.message.events.map(({ ets, edata }) => ({
    questionId: edata.item.id,
    etsMs: ets,
    maxScore: edata.item.maxscore,
    score: edata.score,
    ...{ type: null, title: null, description: null, resvalues: [], params: [], durationSeconds: 0 },
  }));
}
