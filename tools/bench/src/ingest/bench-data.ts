import {
  generateSampleData,
  Random,
  renderSubmission,
  type SampleContent,
  type SampleCourse,
  type SampleSubmission,
} from '@scorekeep/core/testing-core';
import { type DemoRecord } from '../../../demo/src';
import { type IngestBenchOptions } from './ingest-options';

const QUESTIONS = 20;
const SEED = 20_242;

/** What the topic holds, the same for everything that is measured. */
export interface BenchData {
  readonly courses: readonly SampleCourse[];
  /** Every one an attempt of its own or the exact repetition of an earlier one. */
  readonly submissions: readonly SampleSubmission[];
  readonly distinctAttempts: number;
}

/** @param idPrefix keeps the courses of benchmarks that run at once apart */
export function benchData(options: IngestBenchOptions, idPrefix: string, nowMs: number): BenchData {
  const { events, duplicatesPercent, attemptsPerLearner } = options;
  const distinctAttempts = events - Math.floor((events * duplicatesPercent) / 100);
  const learners = Math.max(1, Math.round(events / attemptsPerLearner));
  const size = { courses: 3, batches: 5, learners, attempts: distinctAttempts, weeks: 8 };
  const data = generateSampleData({ seed: SEED, ...size, nowMs, idPrefix });
  const contents = new Map(
    data.courses.flatMap((course) => course.contents.map((content) => [content.id, withQuestions(content)])),
  );
  const distinct = data.submissions
    .filter(({ kind }) => kind === 'first' || kind === 'late')
    .map((submission) => ({ ...submission, content: contents.get(submission.content.id) ?? submission.content }));
  return { courses: data.courses, submissions: withDuplicates(distinct, events), distinctAttempts };
}

/** Rendered one by one when they are sent: together they would fill the memory. */
export function* recordsOf({ submissions }: BenchData): Generator<DemoRecord> {
  for (const submission of submissions) {
    yield { key: submission.userId, value: renderSubmission(submission), timestampMs: submission.recordMs };
  }
}

/** The sample's contents have 10 to 20 questions: filled up with some of them under other ids. */
function withQuestions(content: SampleContent): SampleContent {
  const { questions } = content;
  const further = Array.from(
    { length: QUESTIONS - questions.length },
    (_, index) => questions[index % questions.length],
  )
    .filter((question) => question !== undefined)
    .map((question) => ({ ...question, id: `${question.id}-again` }));
  return { ...content, questions: [...questions, ...further] };
}

/** Fills up to `events` with repetitions, each somewhere behind its original. */
function withDuplicates(distinct: readonly SampleSubmission[], events: number): SampleSubmission[] {
  const random = new Random(SEED);
  const submissions = [...distinct];
  while (submissions.length < events) {
    const original = random.between(0, submissions.length - 1);
    const duplicate = submissions[original];
    if (duplicate) submissions.splice(random.between(original + 1, submissions.length), 0, duplicate);
  }
  return submissions;
}
