import { type AssessMessage } from '@scorekeep/core/contract-events';
import { type ReadingContext, toAttemptEvent } from './assess-event.mapper';

const context: ReadingContext = { recordTimestampMs: 1_700_000_060_000, nowMs: 1_800_000_000_000, layout: 'split' };
const ids = { userId: 'user', courseId: 'course', batchId: 'batch', contentId: 'content', attemptId: 'attempt' };
const message = (edata: object, item: object = {}, ets = 1.5): AssessMessage => ({
  assessmentTs: '1.7E12',
  ...ids,
  events: [{ ets, edata: { item: { id: 'q', maxscore: 2, ...item }, score: 1, ...edata } }],
});
const answerOf = (edata: object, item?: object) => toAttemptEvent(message(edata, item), context).answers[0];

describe('toAttemptEvent', () => {
  it('takes the time from a number in a text', () => {
    expect(toAttemptEvent(message({}), context).time.timeMs).toBe(1_700_000_000_000);
  });

  it('has null for missing texts, empty lists for missing ones, and no duration', () => {
    expect(answerOf({ resvalues: null, duration: null }, { title: null })).toEqual({
      ...{ questionId: 'q', etsMs: 1, maxScore: 2, score: 1, type: null, title: null, description: null },
      ...{ resvalues: [], params: [], durationSeconds: 0 },
    });
  });

  it('stores texts of maps as they are, anything else as JSON, and no nulls', () => {
    const resvalues = [{ a: 'text', b: 1.5, c: { d: [true] }, e: null, __proto__: 'x', f: '' }, {}];
    const parsed = JSON.parse(JSON.stringify(resvalues).replace('"f"', '"__proto__":"own","f"')) as object;
    expect(answerOf({ resvalues: parsed })?.resvalues).toEqual([
      new Map([
        ['a', 'text'],
        ['b', '1.5'],
        ['c', '{"d":[true]}'],
        ['__proto__', 'own'],
        ['f', ''],
      ]),
      new Map(),
    ]);
  });

  it.each([
    ['no list', { a: 'b' }, []],
    ['a list with what are no maps', ['a', 1, null, ['b'], { c: 'd' }], [new Map([['c', 'd']])]],
  ])('makes the best of %s', (_, params, expected) => {
    expect(answerOf({}, { params })?.params).toEqual(expected);
  });

  it.each([
    [
      { type: 7, title: ['x'], desc: { y: 1 } },
      { type: '7', title: '["x"]', description: '{"y":1}' },
    ],
    [
      { type: 'mcq', title: '', desc: 'स्वास्थ्य' },
      { type: 'mcq', title: '', description: 'स्वास्थ्य' },
    ],
  ])('takes %j', (item, expected) => {
    expect(answerOf({}, item)).toMatchObject(expected);
  });

  it.each([
    [12.5, 12.5],
    [-1, -1],
    ['12', 0],
    [Infinity, 0],
  ])('takes a duration of %p as %p seconds', (duration, durationSeconds) => {
    expect(answerOf({ duration })).toMatchObject({ durationSeconds });
  });
});
