import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { type Answer, answersOf } from '@scorekeep/core/domain-scoring';
import { InMemoryAttemptRows, InMemoryCourseCatalogue } from '@scorekeep/core/testing-core';
import { AdmitRecord } from './admit-record.use-case';
import { CheckContent } from './check-content.use-case';
import { type IngestOptions } from './ingest-options';

const options: IngestOptions = {
  layout: 'unified',
  maxAttempts: 100,
  aggDetailsTimeZone: 'UTC',
  topicPrefix: 'test',
  nowMs: () => 1_800_000_000_000,
};
const admission = { limits: defaultAssessLimits, checksQuestionCount: false };
const checkContent = new CheckContent(new InMemoryCourseCatalogue(), admission);
const admit = new AdmitRecord(checkContent, new InMemoryAttemptRows(), options, admission);

async function answersIn(text: string): Promise<readonly Answer[]> {
  const admission = await admit.execute(record(text));
  return admission.kind === 'admitted' && admission.event ? answersOf(admission.event.answers) : [];
}

const answer = { ets: 1_700_000_001_000, edata: { item: { id: 'q1', maxscore: 2 }, score: 1 } };
const ids = { userId: 'user', courseId: 'course', batchId: 'batch', contentId: 'content', attemptId: 'attempt' };
const valid = { assessmentTs: 1_700_000_000_000, ...ids, events: [answer] };
const scored = (...scores: number[]) =>
  scores.map((score, index) => ({ ets: 1, edata: { item: { id: `q${index}`, maxscore: 1 }, score } }));
const textOf = (value: object): string => JSON.stringify(value);
const record = (text: string) => ({ value: new TextEncoder().encode(text), timestampMs: 1_700_000_060_000 });
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const withParam = (json: string): string =>
  textOf({
    ...valid,
    events: [{ ...answer, edata: { ...answer.edata, item: { ...answer.edata.item, params: [{ x: 'X' }] } } }],
  }).replace('"X"', json);

describe('AdmitRecord', () => {
  it('admits an attempt with its event', async () => {
    expect(await admit.execute(record(textOf(valid)))).toMatchObject({
      kind: 'admitted',
      learner: { userId: 'user', courseId: 'course', batchId: 'batch' },
      event: { attempt: ids, summary: { score: 1, maxScore: 2, questionCount: 1 } },
    });
    expect(await answersIn(textOf(valid))).toMatchObject([{ questionId: 'q1', score: 1, maxScore: 2 }]);
  });

  it('admits a wish to recompute without one', async () => {
    const { contentId: _content, attemptId: _attempt, ...rest } = valid;
    const admitted = await admit.execute(record(textOf({ ...rest, events: [] })));
    expect(admitted).toEqual({ kind: 'admitted', learner: { userId: 'user', courseId: 'course', batchId: 'batch' } });
  });

  it('takes halves of surrogate pairs, which UTF-8 cannot hold, as the database would give them back', async () => {
    const half = '\\ud83d';
    const text = textOf({ ...valid, userId: 'U' })
      .replace('"U"', `"u${half}"`)
      .replaceAll('"q1"', `"${half}q1"`);
    expect(await admit.execute(record(text))).toMatchObject({
      learner: { userId: 'u\ufffd' },
      event: { attempt: { userId: 'u\ufffd' } },
    });
    expect(await answersIn(text)).toMatchObject([{ questionId: '\ufffdq1' }]);
  });

  it.each([
    { name: 'what is no message', text: '[]', reason: 'not a JSON object' },
    { name: 'what is nested too deeply to have a text', text: withParam(nested(100_000)), reason: 'nested too deeply' },
    {
      name: 'scores whose sum is no number any more',
      text: textOf({ ...valid, events: scored(1e308, 1e308) }),
      reason: 'the sum of the scores is not finite',
    },
  ])('refuses $name', async ({ text, reason }) => {
    expect(await admit.execute(record(text))).toEqual({ kind: 'refused', reason });
  });

  it.each([
    { name: 'lists in lists', text: withParam(nested(500)) },
    { name: 'large scores', text: textOf({ ...valid, events: scored(1e308, -1e308) }) },
  ])('admits $name that can be stored', async ({ text }) => {
    expect((await admit.execute(record(text))).kind).toBe('admitted');
  });
});
