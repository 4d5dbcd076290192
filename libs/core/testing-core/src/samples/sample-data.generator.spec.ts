import { parseAssessRecord } from '@scorekeep/core/contract-events';
import { generateSampleData } from './sample-data.generator';
import { renderSubmission } from './submission.builder';

const NOW_MS = Date.UTC(2026, 10, 27, 12);
const options = {
  ...{ seed: 7, courses: 3, batches: 5, learners: 200, attempts: 1_000, weeks: 8, nowMs: NOW_MS, idPrefix: 't' },
};

describe('generated sample data', () => {
  const data = generateSampleData(options);

  it('is the same for the same options', () => {
    expect(generateSampleData(options)).toEqual(data);
    expect(generateSampleData({ ...options, seed: 8 }).submissions).not.toEqual(data.submissions);
  });

  it('has what was asked for, in record order, nothing in the future', () => {
    expect([data.courses.length, data.batches.length, data.enrolments.length]).toEqual([3, 5, 200]);
    expect(new Set(data.submissions.map(({ attemptId }) => attemptId)).size).toBe(1_000);
    const times = data.submissions.map(({ recordMs }) => recordMs);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW_MS);
  });

  it('spreads over eight complete weeks and the running one', () => {
    const thisMonday = Date.UTC(2026, 10, 23);
    const weeksAgo = new Set(
      data.submissions.map(({ recordMs }) => Math.ceil((thisMonday - recordMs) / (7 * 86_400_000))),
    );
    expect([...weeksAgo].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('has late, repeated and resubmitted events and clocks that are ahead', () => {
    const kinds = new Set(data.submissions.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['first', 'late', 'repeated', 'resubmitted']));
    expect(data.submissions.some(({ assessmentTsMs, recordMs }) => assessmentTsMs > recordMs)).toBe(true);
  });

  it('renders valid events of the content’s questions, each the same every time', () => {
    for (const submission of data.submissions.slice(0, 100)) {
      const text = renderSubmission(submission);
      expect(renderSubmission(submission)).toBe(text);
      const parsed = parseAssessRecord(new TextEncoder().encode(text));
      if (parsed.kind !== 'attempt') throw new Error(`not an attempt: ${parsed.kind}`);
      expect(new Set(parsed.message.events.map(({ edata }) => edata.item.id))).toEqual(
        new Set(submission.content.questions.map(({ id }) => id)),
      );
    }
  });
});
