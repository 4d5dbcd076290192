import { createHash } from 'node:crypto';
import { parseAssessRecord } from '@scorekeep/core/contract-events';
import { compareVersions, totalAttempt, type Answer, versionOf } from '@scorekeep/core/domain-scoring';
import { renderSubmission, type SampleSubmission } from '@scorekeep/core/testing-core';

/** What a table must hold of one attempt in the end. */
export interface ExpectedAttempt {
  readonly score: number;
  readonly maxScore: number;
  readonly questions: number;
  readonly lastAttemptedOnMs: number;
}

/**
 * The model: of each attempt the greatest version among its submissions, counted straight from the messages that were
 * sent, without any of the ingest's own code.
 */
export function expectedAttempts(submissions: readonly SampleSubmission[]): Map<string, ExpectedAttempt> {
  const greatest = new Map<string, { readonly timeMs: number; readonly answers: readonly Answer[] }>();
  for (const submission of submissions) {
    const timeMs = Math.min(submission.assessmentTsMs, submission.recordMs);
    const candidate = { timeMs, answers: answersOf(submission) };
    const known = greatest.get(submission.attemptId);
    if (!known || isGreater(candidate, known)) greatest.set(submission.attemptId, candidate);
  }
  return new Map(
    [...greatest].map(([attemptId, { timeMs, answers }]) => {
      const { score, maxScore, counted } = totalAttempt(answers);
      return [attemptId, { score, maxScore, questions: counted.length, lastAttemptedOnMs: timeMs }];
    }),
  );
}

type Candidate = { readonly timeMs: number; readonly answers: readonly Answer[] };

function isGreater(left: Candidate, right: Candidate): boolean {
  const version = ({ timeMs, answers }: Candidate) =>
    versionOf(timeMs, answers, (text) => createHash('sha256').update(text).digest('hex'));
  return compareVersions(version(left), version(right)) > 0;
}

function answersOf(submission: SampleSubmission): Answer[] {
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
