import { type Answer, attemptRow, type StoredAttempt, totalAttempt } from '@scorekeep/core/domain-scoring';

const QUESTIONS = 20;
const OPTIONS = 4;

const DAY_MS = 86_400_000;

/** So that a day's worth of times lies within one week. 1970-01-07 was a Wednesday. */
export function lastWednesdayMs(nowMs: number): number {
  return Math.floor((nowMs / DAY_MS - 6) / 7) * 7 * DAY_MS + 6 * DAY_MS;
}

/** Where the rows of a batch go. */
export interface BenchBatch {
  readonly batchId: string;
  readonly courseId: string;
  readonly attempts: number;
  /** Any time of the week that they belong to, ms since epoch. */
  readonly weekMs: number;
}

/** Attempts of 20 questions, each by a learner of its own; every one different, so that gzip has something to do. */
export function* benchRows({ batchId, courseId, attempts, weekMs }: BenchBatch): Generator<StoredAttempt> {
  for (let index = 0; index < attempts; index += 1) {
    const timeMs = weekMs + (index % 86_400) * 1_000;
    const answers = Array.from({ length: QUESTIONS }, (_, question) => answerOf(index, question, timeMs));
    yield attemptRow({
      ...{ userId: `${batchId}-learner-${scattered(index)}`, courseId, batchId },
      ...{ contentId: `do_3130${scattered(index % 5)}`, attemptId: `attempt-${scattered(index + 7)}` },
      ...{ createdOnMs: timeMs + 60_000, updatedOnMs: timeMs + 60_000, timeMs },
      ...{ answers, totals: totalAttempt(answers) },
    });
  }
}

function answerOf(attempt: number, question: number, timeMs: number): Answer {
  const chosen = (attempt * 7 + question) % OPTIONS;
  return {
    questionId: `do_31300${question}${scattered(question)}`,
    etsMs: timeMs + question * 1_700,
    maxScore: 1,
    score: chosen === 1 ? 1 : chosen === 2 ? 0.33 : 0,
    type: 'mcq',
    title: `<p>Question ${question}: which of these is larger than the others, and why is that so?</p>`,
    description: null,
    resvalues: [new Map([[String(chosen), optionText(question, chosen)]])],
    params: [
      ...Array.from({ length: OPTIONS }, (_, option) => new Map([[String(option), optionText(question, option)]])),
      new Map([['answer', '{"correct":["1"]}']]),
    ],
    durationSeconds: (attempt + question) % 90,
  };
}

function optionText(question: number, option: number): string {
  return `{"text":"<p>Option ${option} of question ${question}, a sentence as authors write them</p>\\n"}`;
}

/** Different for each number, and not in its order. */
function scattered(index: number): string {
  return (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36).padStart(7, '0');
}
