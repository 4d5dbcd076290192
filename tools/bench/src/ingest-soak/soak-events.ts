import { generateSampleData, renderSubmission, type SampleCourse } from '@scorekeep/core/testing-core';
import { type DemoRecord } from '../../../demo/src';

/** Events that are made, sent and forgotten together, of learners and courses of their own. */
export interface SoakChunk {
  readonly courses: readonly SampleCourse[];
  readonly records: Iterable<DemoRecord>;
  readonly size: number;
}

const EVENTS_PER_LEARNER = 5;

/** Endless courses and learners, a chunk at a time, so that nothing that is remembered of them can stay small by itself. */
export function* soakChunks(events: number, chunkSize: number, idPrefix: string): Generator<SoakChunk> {
  for (let sent = 0, seed = 1; sent < events; seed += 1) {
    const size = Math.min(chunkSize, events - sent);
    const learners = Math.max(1, Math.round(size / EVENTS_PER_LEARNER));
    const shape = { courses: 3, batches: 5, learners, attempts: size, weeks: 8 };
    const data = generateSampleData({ seed, ...shape, nowMs: Date.now(), idPrefix: `${idPrefix}${seed}x` });
    const submissions = data.submissions.slice(0, size);
    sent += size;
    yield {
      courses: data.courses,
      size,
      records: recordsOf(submissions),
    };
  }
}

function* recordsOf(submissions: readonly Parameters<typeof renderSubmission>[0][]): Generator<DemoRecord> {
  for (const submission of submissions) {
    yield { key: submission.userId, value: renderSubmission(submission), timestampMs: submission.recordMs };
  }
}
