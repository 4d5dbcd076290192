import { generateCourse, type SampleContent, type SampleCourse } from './course.generator';
import { Random } from './random';

export interface SampleOptions {
  readonly seed: number;
  readonly courses: number;
  readonly batches: number;
  readonly learners: number;
  /** Distinct attempts. */
  readonly attempts: number;
  /** Complete weeks before the running one over which the attempts spread. */
  readonly weeks: number;
  /** Nothing is later than this, ms since epoch. */
  readonly nowMs: number;
  /** Part of the ids of courses, contents and batches. */
  readonly idPrefix: string;
}

export interface SampleBatch {
  readonly id: string;
  readonly name: string;
  readonly course: SampleCourse;
}

export interface SampleEnrolment {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
  readonly active: boolean;
}

/**
 * What a record says of an attempt: its first event; one that a phone sent days after the attempt; the same event once
 * more; the same attempt submitted again with other answers.
 */
export type SubmissionKind = 'first' | 'late' | 'repeated' | 'resubmitted';

/** One record of the assess topic, as few numbers: `renderSubmission` makes its bytes. */
export interface SampleSubmission {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
  readonly content: SampleContent;
  readonly attemptId: string;
  readonly kind: SubmissionKind;
  /** The attempt's time by the learner's clock, ms since epoch; a few clocks are ahead. */
  readonly assessmentTsMs: number;
  /** The Kafka record's timestamp, ms since epoch. */
  readonly recordMs: number;
  /** Share of the questions that the learner knows, 0 to 1. */
  readonly ability: number;
  /** The same seed gives the same answers. */
  readonly answerSeed: number;
}

export interface SampleData {
  readonly courses: readonly SampleCourse[];
  readonly batches: readonly SampleBatch[];
  readonly enrolments: readonly SampleEnrolment[];
  /** In the order of their records' timestamps. */
  readonly submissions: readonly SampleSubmission[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const MONDAY_MS = 4 * DAY_MS;
/** A learner works through a course within this time. */
const LEARNER_IS_ACTIVE_MS = 2 * WEEK_MS;
const SHARE = { late: 0.05, repeated: 0.03, resubmitted: 0.02, clockAhead: 0.01, unenrolled: 0.04 };

/** A realistic data set, the same for the same options. */
export function generateSampleData(options: SampleOptions): SampleData {
  const random = new Random(options.seed);
  const courses = times(options.courses, (ordinal) => generateCourse(random, options.idPrefix, ordinal));
  const batches = times(options.batches, (ordinal) => {
    const course = courses[(ordinal - 1) % courses.length];
    if (!course) throw new RangeError('a data set needs a course');
    return { id: `01${options.idPrefix}${String(ordinal).padStart(8, '0')}`, name: `Batch ${ordinal}`, course };
  });
  const learners = times(options.learners, () => generateLearner(random, batches, options));
  const attempts = times(options.attempts, (ordinal) => {
    // every learner has an attempt before one has two, where there are enough
    const learner = learners[ordinal - 1] ?? random.pick(learners);
    return generateAttempt(random, learner, options);
  });
  return {
    courses,
    batches,
    enrolments: learners.map(({ userId, batch, active }) => ({
      ...{ userId, courseId: batch.course.id, batchId: batch.id, active },
    })),
    submissions: attempts
      .flatMap((attempt) => [attempt, ...furtherSubmissions(random, attempt, options.nowMs)])
      .sort((left, right) => left.recordMs - right.recordMs),
  };
}

interface SampleLearner {
  readonly userId: string;
  readonly batch: SampleBatch;
  readonly active: boolean;
  readonly ability: number;
  /** When the learner begins and stops, ms since epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
}

function generateLearner(random: Random, batches: readonly SampleBatch[], options: SampleOptions): SampleLearner {
  const { nowMs, weeks } = options;
  const firstMs = weekStart(nowMs) - weeks * WEEK_MS;
  const fromMs = random.between(firstMs, Math.max(firstMs, nowMs - LEARNER_IS_ACTIVE_MS / 2));
  return {
    userId: random.uuid(),
    batch: random.pick(batches),
    active: !random.chance(SHARE.unenrolled),
    ability: 0.3 + random.next() * 0.65,
    fromMs,
    untilMs: Math.min(fromMs + LEARNER_IS_ACTIVE_MS, nowMs - MINUTE_MS),
  };
}

function generateAttempt(random: Random, learner: SampleLearner, { nowMs }: SampleOptions): SampleSubmission {
  const { userId, batch, ability, fromMs, untilMs } = learner;
  const attemptedMs = random.between(fromMs, untilMs);
  const isLate = random.chance(SHARE.late);
  const delayMs = isLate ? random.between(DAY_MS, 6 * DAY_MS) : random.between(1_000, MINUTE_MS);
  const recordMs = Math.min(attemptedMs + delayMs, nowMs);
  return {
    ...{ userId, courseId: batch.course.id, batchId: batch.id, ability, recordMs },
    content: random.pick(batch.course.contents),
    attemptId: random.hex(32),
    kind: isLate ? 'late' : 'first',
    assessmentTsMs: random.chance(SHARE.clockAhead) ? recordMs + random.between(1, DAY_MS) : attemptedMs,
    answerSeed: random.between(0, 0xffff_ffff),
  };
}

/**
 * Repetitions and resubmissions of an attempt. Where a clock was ahead there are none: of an event whose time was cut
 * back, the record's timestamp decides what is stored, so a second copy with another one has no single right outcome.
 */
function furtherSubmissions(random: Random, attempt: SampleSubmission, nowMs: number): SampleSubmission[] {
  if (attempt.assessmentTsMs > attempt.recordMs) return [];
  const later = (mostMs: number): number => Math.min(attempt.recordMs + random.between(1, mostMs), nowMs);
  const further: SampleSubmission[] = [];
  if (random.chance(SHARE.repeated)) further.push({ ...attempt, kind: 'repeated', recordMs: later(60 * MINUTE_MS) });
  if (random.chance(SHARE.resubmitted)) {
    const recordMs = later(DAY_MS);
    const answerSeed = random.between(0, 0xffff_ffff);
    further.push({ ...attempt, kind: 'resubmitted', assessmentTsMs: recordMs, recordMs, answerSeed });
  }
  return further;
}

/** The Monday, 0 o'clock UTC, at or before a time. */
function weekStart(timeMs: number): number {
  return timeMs - ((timeMs - MONDAY_MS) % WEEK_MS);
}

function times<T>(count: number, make: (ordinal: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
