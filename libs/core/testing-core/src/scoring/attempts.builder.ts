import { shortDigest } from '@scorekeep/platform/util-digest';
import {
  type Answer,
  type AttemptEvent,
  type AttemptScore,
  answersOf,
  answersToStore,
  attemptRow,
  type StorageLayout,
  type StoredAttempt,
  summarizeAnswers,
  totalAttempt,
} from '@scorekeep/core/domain-scoring';

/** An answer to one question; give what the test is about. */
export function anAnswer(given: Partial<Answer> = {}): Answer {
  return {
    questionId: 'q1',
    etsMs: 1_700_000_000_000,
    maxScore: 1,
    score: 1,
    type: 'mcq',
    title: 'What is the full form of WHO?',
    description: null,
    resvalues: [new Map([['1', '{"text":"World Health Organization\\n"}']])],
    params: [new Map([['answer', '{"correct":["1"]}']])],
    durationSeconds: 2,
    ...given,
  };
}

export const learner = { userId: 'learner-1', courseId: 'do_course', batchId: 'batch-1' } as const;

export interface AttemptEventSketch {
  readonly attemptId?: string;
  readonly contentId?: string;
  readonly timeMs?: number;
  readonly recordMs?: number;
  readonly cutBack?: boolean;
  readonly answers?: readonly Answer[];
  readonly score?: number;
}

/** An event of `learner`; with `score` its only answer has that score of 10. */
export function anAttemptEvent(given: AttemptEventSketch = {}): AttemptEvent {
  const timeMs = given.timeMs ?? 1_700_000_000_000;
  const answers = given.answers ?? [anAnswer({ score: given.score ?? 5, maxScore: 10, etsMs: timeMs + 1000 })];
  return {
    attempt: { ...learner, contentId: given.contentId ?? 'do_content', attemptId: given.attemptId ?? 'attempt-1' },
    time: { timeMs, recordMs: given.recordMs ?? timeMs + 60_000, cutBack: given.cutBack ?? false },
    answers,
    summary: summarizeAnswers(answers, shortDigest),
  };
}

/** The row that an event leaves. */
export function aRow(given: AttemptEventSketch = {}, layout: StorageLayout = 'unified'): StoredAttempt {
  const event = anAttemptEvent(given);
  const answers = answersToStore(answersOf(event.answers), layout);
  return attemptRow({
    ...event.attempt,
    createdOnMs: event.time.recordMs,
    updatedOnMs: event.time.recordMs,
    timeMs: event.time.timeMs,
    answers,
    totals: totalAttempt(answers),
  });
}

export function anEntry(given: Partial<AttemptScore> = {}): AttemptScore {
  return {
    contentId: 'do_content',
    attemptId: 'attempt-1',
    score: 5,
    maxScore: 10,
    version: { timeMs: 1_700_000_000_000, latestEtsMs: 1_700_000_001_000, questionCount: 1, digest: 'd1' },
    createdOnMs: 1_700_000_060_000,
    writeTimeUs: 1_700_000_000_000_000n,
    placeholder: false,
    ...given,
  };
}
