import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { type Answer, answersOf } from '@scorekeep/core/domain-scoring';
import { packedInMemory } from '@scorekeep/core/testing-core';
import { readRecord } from './read-record';

const options = {
  limits: defaultAssessLimits,
  layout: 'unified',
  nowMs: 1_800_000_000_000,
  pack: packedInMemory,
} as const;
const read = (text: string) => readRecord(record(text), options);

function answersIn(text: string): readonly Answer[] {
  const reading = read(text);
  return reading.kind === 'attempt' ? answersOf(reading.event.answers) : [];
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

describe('readRecord', () => {
  it('reads an attempt', () => {
    expect(read(textOf(valid))).toMatchObject({
      kind: 'attempt',
      event: { attempt: ids, summary: { score: 1, maxScore: 2, questionCount: 1 } },
    });
    expect(answersIn(textOf(valid))).toMatchObject([{ questionId: 'q1', score: 1, maxScore: 2 }]);
  });

  it('reads a wish to recompute', () => {
    const { contentId: _content, attemptId: _attempt, ...rest } = valid;
    const reading = read(textOf({ ...rest, events: [] }));
    expect(reading).toEqual({ kind: 'recompute', learner: { userId: 'user', courseId: 'course', batchId: 'batch' } });
  });

  it('takes halves of surrogate pairs, which UTF-8 cannot hold, as the database would give them back', () => {
    const half = '\\ud83d';
    const text = textOf({ ...valid, userId: 'U' })
      .replace('"U"', `"u${half}"`)
      .replaceAll('"q1"', `"${half}q1"`);
    expect(read(text)).toMatchObject({
      event: { attempt: { userId: 'u\ufffd' } },
    });
    expect(answersIn(text)).toMatchObject([{ questionId: '\ufffdq1' }]);
  });

  it.each([
    { name: 'what is no message', text: '[]', reason: 'not a JSON object' },
    { name: 'what is nested too deeply to have a text', text: withParam(nested(100_000)), reason: 'nested too deeply' },
    {
      name: 'scores whose sum is no number any more',
      text: textOf({ ...valid, events: scored(1e308, 1e308) }),
      reason: 'the sum of the scores is not finite',
    },
  ])('refuses $name', ({ text, reason }) => {
    expect(read(text)).toEqual({ kind: 'invalid', reason });
  });

  it.each([
    { name: 'lists in lists', text: withParam(nested(500)) },
    { name: 'large scores', text: textOf({ ...valid, events: scored(1e308, -1e308) }) },
  ])('reads $name that can be stored', ({ text }) => {
    expect(read(text).kind).toBe('attempt');
  });

  it('says when something fails that nobody foresaw', () => {
    const error = new Error('a defect');
    const pack = () => {
      throw error;
    };
    expect(readRecord(record(textOf(valid)), { ...options, pack })).toEqual({ kind: 'failed', error });
  });
});
