import {
  aggregatesOf,
  type Answer,
  attemptKey,
  type AttemptIdentity,
  formatGrandTotal,
  learnerKey,
  type LearnerInBatch,
  metricsOf,
  type StoredAttempt,
  totalAttempt,
} from '@scorekeep/core/domain-scoring';
import { Random } from './random';

const DAY_MS = 24 * 3600 * 1000;
const WEEK_MS = 7 * DAY_MS;

/** An attempt that Sunbird's own job stored, and what is left of it. */
export interface SunbirdAttempt extends AttemptIdentity {
  readonly timeMs: number;
  readonly createdOnMs: number;
  /** By the wall clock of the job; its write time, too. */
  readonly updatedOnMs: number;
  readonly answers: readonly Answer[];
  /** Points. */
  readonly score: number;
  /** Points. */
  readonly maxScore: number;
  /** Its row is there. */
  readonly live: boolean;
  /** It is in an object of Sunbird's archival job; where it is not live, that job has deleted it. */
  readonly archived: boolean;
  /** In which form it is in `agg_details`. */
  readonly listed?: 'java' | 'epoch';
}

export interface SunbirdLearner extends LearnerInBatch {
  readonly attempts: readonly SunbirdAttempt[];
  /** `legacy`: metrics are in `agg` alone. `fallen`: computed when archived rows were gone already. */
  readonly metrics: 'legacy' | 'full' | 'fallen' | 'none';
}

export interface SunbirdHistoryShape {
  readonly seed: number;
  readonly batches: number;
  readonly learnersPerBatch: number;
  /** When the oldest of the weeks begins, ms since epoch. */
  readonly fromMs: number;
  readonly weeks: number;
  readonly questions: number;
}

/** A deployment's past: some weeks archived and deleted, some archived and still there, the last ones live. */
export function generateSunbirdHistory(shape: SunbirdHistoryShape): SunbirdLearner[] {
  const random = new Random(shape.seed);
  return Array.from({ length: shape.batches * shape.learnersPerBatch }, (_, index) => {
    const batch = index % shape.batches;
    const learner = { userId: `user-${index}`, courseId: `do_course_${batch % 2}`, batchId: `batch-${batch}` };
    const attempts = Array.from({ length: 1 + random.between(0, 3) }, (__, number) =>
      attemptOf(learner, number, shape, random),
    );
    return { ...learner, attempts, metrics: random.pick(['legacy', 'full', 'full', 'fallen', 'none'] as const) };
  });
}

function attemptOf(
  learner: LearnerInBatch,
  number: number,
  { fromMs, weeks, questions }: SunbirdHistoryShape,
  random: Random,
): SunbirdAttempt {
  const week = random.between(0, weeks - 1);
  const timeMs = fromMs + week * WEEK_MS + (1 + random.between(0, 5 * 24 * 3600)) * 1000;
  const answers = Array.from({ length: questions }, (_, question) => answerOf(question, timeMs, random));
  const { score, maxScore } = totalAttempt(answers);
  const updatedOnMs = timeMs + 1_000 + random.between(0, 60_000);
  const mayBeListed = random.between(0, 2);
  const isOld = week < weeks - 2;
  const isInListAlone = isOld && mayBeListed > 0 && random.chance(0.1);
  const archived = week < weeks - 1 && !isInListAlone;
  const live = !isOld || (archived && random.chance(0.1));
  return {
    ...learner,
    ...{ contentId: `do_content_${random.between(0, 1)}`, attemptId: `attempt-${number}` },
    ...{ timeMs, createdOnMs: timeMs + 500, updatedOnMs, answers, score, maxScore, archived, live },
    ...(mayBeListed === 0 ? {} : { listed: mayBeListed === 1 ? ('java' as const) : ('epoch' as const) }),
  };
}

function answerOf(question: number, timeMs: number, random: Random): Answer {
  return {
    questionId: `do_question_${question}`,
    etsMs: timeMs + 10 * question,
    maxScore: 1,
    score: random.pick([0, 0.5, 1]),
    type: 'mcq',
    title: 'A "quoted" title, with a \\ and\na line break é',
    description: null,
    resvalues: [new Map([['1', '{"text":"a \\"b\\""}']])],
    params: [new Map([['answer', '{"correct":["1"]}']])],
    durationSeconds: random.between(0, 29),
  };
}

/** What must be kept of a learner in the end: every attempt, whatever is left of it, and the metrics that follow. */
export function keptOf({ attempts }: SunbirdLearner) {
  const entries = attempts.map((attempt) => ({ key: attemptKey(attempt), ...attempt }));
  const kept = entries.filter(({ live, archived, listed }) => live || archived || listed !== undefined);
  return {
    attempts: new Map(kept.map(({ key, score, maxScore, timeMs }) => [key, { score, maxScore, timeMs }])),
    metrics: metricsBy(kept),
  };
}

/** The row that Sunbird's job wrote. */
export function sunbirdRow(attempt: SunbirdAttempt): StoredAttempt {
  const { userId, courseId, batchId, contentId, attemptId, answers, score, maxScore } = attempt;
  return {
    ...{ userId, courseId, batchId, contentId, attemptId, answers },
    createdOnMs: attempt.createdOnMs,
    updatedOnMs: attempt.updatedOnMs,
    lastAttemptedOnMs: attempt.timeMs,
    grandTotal: formatGrandTotal(score, maxScore),
    totalScore: score,
    totalMaxScore: maxScore,
  };
}

/** What Sunbird's job left in `user_activity_agg`. */
export function sunbirdAggregates({ attempts, metrics }: SunbirdLearner) {
  const seen = metrics === 'fallen' ? attempts.filter(({ live }) => live) : attempts;
  const values = metrics === 'none' ? new Map<string, number>() : metricsBy(seen);
  const isLegacy = metrics === 'legacy' && [...values.values()].every((value) => Number.isInteger(value));
  return {
    agg: isLegacy ? values : new Map<string, number>(),
    aggregates: isLegacy ? new Map<string, number>() : values,
    aggDetails: attempts.flatMap((attempt) => (attempt.listed ? [listedText(attempt)] : [])),
  };
}

function metricsBy(attempts: readonly SunbirdAttempt[]): Map<string, number> {
  const version = { timeMs: 0, latestEtsMs: 0, questionCount: 0, digest: '' };
  const rest = { version, createdOnMs: 0, writeTimeUs: 0n, placeholder: false };
  return aggregatesOf(metricsOf(attempts.map((attempt) => ({ ...attempt, ...rest }))));
}

function listedText({ attemptId, contentId, score, maxScore, timeMs, listed }: SunbirdAttempt): string {
  const time =
    listed === 'epoch' ? { attempted_on: timeMs / 1000 } : { last_attempted_on: javaText(timeMs, timeMs % 2000 === 0) };
  return JSON.stringify({
    ...{ attempt_id: attemptId, content_id: contentId, score, max_score: maxScore, type: 'attempt_metrics' },
    ...time,
  });
}

/** @param narrow newer Java puts U+202F before AM and PM */
function javaText(timeMs: number, narrow: boolean): string {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ year: 'numeric', month: 'short', day: '2-digit', hour: 'numeric', minute: '2-digit', second: '2-digit' },
    timeZone: 'UTC',
  });
  return format.format(timeMs).replace(/[\u202f ](?=[AP]M)/, narrow ? '\u202f' : ' ');
}

const CSV_COLUMNS =
  'batch_id,course_id,user_id,content_id,attempt_id,created_on,grand_total,last_attempted_on,question,total_max_score,total_score,updated_on';

/** Files of Sunbird's archival job, by what their names are made of: CSV as Spark writes it, before compression. */
export function sunbirdArchive(
  learners: readonly SunbirdLearner[],
): { readonly batchId: string; readonly courseId: string; readonly weekOfMs: number; readonly csv: string }[] {
  const files = new Map<string, SunbirdAttempt[]>();
  for (const attempt of learners.flatMap(({ attempts }) => attempts).filter(({ archived }) => archived)) {
    const week = Math.floor((attempt.updatedOnMs / DAY_MS + 3) / 7);
    const key = `${learnerKey({ ...attempt, userId: '' })} ${week}`;
    files.set(key, [...(files.get(key) ?? []), attempt]);
  }
  return [...files.values()].flatMap((attempts) =>
    attempts.slice(0, 1).map(({ batchId, courseId, updatedOnMs }) => ({
      ...{ batchId, courseId, weekOfMs: updatedOnMs },
      csv: `${[CSV_COLUMNS, ...attempts.map(csvLine)].join('\n')}\n`,
    })),
  );
}

function csvLine(attempt: SunbirdAttempt): string {
  const { batchId, courseId, userId, contentId, attemptId, score, maxScore } = attempt;
  const question = JSON.stringify(attempt.answers.map(questionOf)).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return [
    ...[batchId, courseId, userId, contentId, attemptId, isoText(attempt.createdOnMs)],
    ...[formatGrandTotal(score, maxScore), isoText(attempt.timeMs), `"${question}"`],
    ...[maxScore.toFixed(1), score.toFixed(1), isoText(attempt.updatedOnMs)],
  ].join(',');
}

function questionOf(answer: Answer) {
  return {
    id: answer.questionId,
    assess_ts: isoText(answer.etsMs),
    max_score: answer.maxScore,
    score: answer.score,
    type: answer.type,
    title: answer.title,
    resvalues: answer.resvalues.map((map) => Object.fromEntries(map)),
    params: answer.params.map((map) => Object.fromEntries(map)),
    description: answer.description,
    duration: answer.durationSeconds,
  };
}

function isoText(ms: number): string {
  return new Date(ms).toISOString();
}
