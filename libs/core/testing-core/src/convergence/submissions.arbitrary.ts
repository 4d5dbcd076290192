import fc from 'fast-check';
import {
  type Answer,
  answersToStore,
  type AttemptEvent,
  attemptKey,
  type AttemptOfLearner,
  canonicalAnswers,
  eventTime,
  type StorageLayout,
  summarizeAnswers,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { anAnswer, learner } from '../scoring/attempts.builder';

/** A record of the assess topic as the scoring sees it, of `learner`. */
export interface Submission extends AttemptOfLearner {
  /** By the learner's clock, ms since epoch. */
  readonly assessmentTsMs: number;
  readonly recordTimestampMs: number;
  /** In message order; a question may stand there more than once. */
  readonly answers: readonly Answer[];
}

/** When the attempts began, ms since epoch. */
export const BEGAN_MS = 1_700_000_000_000;
/** When their records were sent. */
export const SENT_MS = BEGAN_MS + 3_600_000;
/** Whatever clock a consumer has, in these tests it is after every record. */
export const AFTER_ALL_MS = SENT_MS + 86_400_000;

const someAnswer: fc.Arbitrary<Answer> = fc
  .record({
    questionId: fc.constantFrom('p', 'q'),
    etsMs: fc.constantFrom(...[0, 1, 2, 64_000, 64_100].map((elapsedMs) => BEGAN_MS + elapsedMs)),
    score: fc.constantFrom(0, 0.5, 1, -0.25),
  })
  .map(anAnswer);

const someSubmission: fc.Arbitrary<Submission> = fc.record({
  attemptId: fc.constantFrom('x', 'y'),
  contentId: fc.constantFrom('c', 'd'),
  assessmentTsMs: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: BEGAN_MS, max: BEGAN_MS + 2 }) },
    { weight: 1, arbitrary: fc.constantFrom(BEGAN_MS + 1e9, AFTER_ALL_MS + 1e9) },
  ),
  recordTimestampMs: fc.integer({ min: SENT_MS, max: SENT_MS + 9 }),
  answers: fc.array(someAnswer, { minLength: 1, maxLength: 3 }),
});

export interface SubmissionsShape {
  readonly layout: StorageLayout;
  readonly maxLength: number;
  /** Different contents of one attempt may have one time, and copies of one content may be records of several times. */
  readonly ties: boolean;
}

/**
 * Submissions of few attempts, with wrong clocks. Those of one content whose clock is ahead have one record's time, as
 * redelivered records have: of copies that were sent at different times the rules say only that each is a repeat of the
 * one that came first.
 */
export function someSubmissions({ layout, maxLength, ties }: SubmissionsShape): fc.Arbitrary<readonly Submission[]> {
  return fc.array(someSubmission, { minLength: 1, maxLength }).map((submissions) => {
    if (ties) return asOneRecordEach(submissions, layout, isAhead);
    return withoutTies(
      asOneRecordEach(submissions, layout, () => true),
      layout,
    );
  });
}

/** Submissions of one content become copies of one record, if one of them fulfils the condition. */
function asOneRecordEach(
  submissions: readonly Submission[],
  layout: StorageLayout,
  condition: (submission: Submission) => boolean,
): Submission[] {
  const records = submissions.filter(condition);
  return submissions.map(
    (submission) => records.find((each) => contentOf(each, layout) === contentOf(submission, layout)) ?? submission,
  );
}

function withoutTies(submissions: readonly Submission[], layout: StorageLayout): Submission[] {
  const contents = new Map<string, string>();
  return submissions.filter((submission) => {
    const time = `${attemptKey(submission)} ${Math.min(submission.assessmentTsMs, submission.recordTimestampMs)}`;
    const content = contentOf(submission, layout);
    const known = contents.get(time) ?? content;
    contents.set(time, known);
    return known === content;
  });
}

function isAhead({ assessmentTsMs, recordTimestampMs }: Submission): boolean {
  return assessmentTsMs > recordTimestampMs;
}

/** One text for what is stored of it. */
function contentOf(submission: Submission, layout: StorageLayout): string {
  return attemptKey(submission) + canonicalAnswers(answersToStore(submission.answers, layout));
}

/** What a consumer makes of a submission, under its own clock. */
export function eventOf(submission: Submission, nowMs: number, layout: StorageLayout): AttemptEvent {
  const { contentId, attemptId, assessmentTsMs, recordTimestampMs } = submission;
  const answers = answersToStore(submission.answers, layout);
  return {
    attempt: { ...learner, contentId, attemptId },
    time: eventTime({ assessmentTsMs, recordTimestampMs, nowMs }),
    answers,
    summary: summarizeAnswers(answers, shortDigest),
  };
}
