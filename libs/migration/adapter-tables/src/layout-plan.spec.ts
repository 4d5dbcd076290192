import { encodeQuestions } from '@scorekeep/core/adapter-cassandra';
import { type Answer } from '@scorekeep/core/domain-scoring';
import { anAnswer } from '@scorekeep/core/testing-core';
import { planRaw, planUnify } from './layout-plan';
import { type AttemptRowValues } from '@scorekeep/core/adapter-cassandra';
import { type LayoutRow, toLayoutRow } from './layout-row';

const fields = [
  'id',
  'assess_ts',
  'max_score',
  'score',
  'type',
  'title',
  'resvalues',
  'params',
  'description',
  'duration',
];
const [q1, q1Later, q2] = [anAnswer(), anAnswer({ etsMs: 1_700_000_000_009 }), anAnswer({ questionId: 'q2' })];

interface Sketch {
  readonly answers?: readonly Answer[];
  readonly totalsUs?: bigint;
  readonly answersUs?: bigint;
  readonly count?: number;
  readonly countUs?: bigint;
  readonly score?: number;
}

/** A row as the server gives it. */
function row(given: Sketch): LayoutRow {
  const { answers, totalsUs = 50n, answersUs = totalsUs, count, countUs = answersUs, score = 1 } = given;
  const values = {
    ...{ user_id: 'u', course_id: 'c', batch_id: 'b', content_id: 'do', attempt_id: 'a' },
    ...{
      created_on: new Date(5),
      created_on_write_time: totalsUs,
      total_score: score,
      total_score_write_time: totalsUs,
    },
    ...(answers
      ? { question: { bytes: encodeQuestions(answers, fields), fields }, question_write_time: answersUs }
      : {}),
    ...(count === undefined ? {} : { question_count: count, question_count_write_time: countUs }),
  };
  return toLayoutRow(values as unknown as AttemptRowValues);
}

interface Case {
  readonly why: string;
  readonly from?: Sketch;
  readonly to?: Sketch;
  readonly state: string;
  /** Write times of what is written, and the columns. */
  readonly writes?: readonly (readonly [bigint, readonly string[]])[];
}

const check = (plan: ReturnType<typeof planRaw>, { state, writes = [] }: Case): void => {
  expect(plan.state).toBe(state);
  const written = plan.groups.map(({ writeTimeUs, values }) => [writeTimeUs, [...values.keys()].sort()]);
  expect(written).toEqual(writes.map(([time, columns]) => [time, [...columns].sort()]));
};

const ALL = ['created_on', 'question', 'question_count', 'total_score'];

describe('planRaw: from assessment_aggregator to assessment_raw', () => {
  const cases: readonly Case[] = [
    {
      why: 'a row of Sunbird, with its number of answers',
      from: { answers: [q1] },
      state: 'missing',
      writes: [[50n, ALL]],
    },
    {
      why: 'each cell at its own time',
      from: { answers: [q1], totalsUs: 60n, answersUs: 50n },
      state: 'missing',
      writes: [
        [60n, ['created_on', 'total_score']],
        [50n, ['question_count', 'question']],
      ],
    },
    { why: 'there already', from: { answers: [q1], count: 1 }, to: { answers: [q1], count: 1 }, state: 'same' },
    {
      why: 'there already, but a process died before it told the number here',
      from: { answers: [q1] },
      to: { answers: [q1], count: 1 },
      state: 'older',
    },
    {
      why: 'there in part: a process died between two writes',
      from: { answers: [q1], totalsUs: 60n, answersUs: 50n },
      to: { totalsUs: 60n },
      state: 'missing',
      writes: [[50n, ['question_count', 'question']]],
    },
    {
      why: 'rewritten since it was copied',
      from: { answers: [q1], totalsUs: 70n, count: 1 },
      to: { answers: [q2], count: 1 },
      state: 'older',
      writes: [[70n, ALL]],
    },
    {
      why: 'rewritten in the split layout since',
      from: { answers: [q1] },
      to: { answers: [q2], totalsUs: 70n, count: 1 },
      state: 'newer',
    },
    {
      why: 'totals of the split layout above old answers, whose row is archived',
      from: { answers: [q1], totalsUs: 70n, answersUs: 50n, count: 2, countUs: 70n },
      state: 'newer',
    },
    { why: 'totals alone', from: {}, state: 'without-answers' },
    { why: 'a row of the split layout', from: { count: 1 }, to: { answers: [q1], count: 1 }, state: 'same' },
    { why: 'known by the split layout alone', to: { answers: [q1], count: 1 }, state: 'same' },
    { why: 'other answers at one time', from: { answers: [q1] }, to: { answers: [q2], count: 1 }, state: 'different' },
    {
      why: 'other totals at one time',
      from: { answers: [q1], score: 1 },
      to: { answers: [q1], count: 1, score: 2 },
      state: 'different',
    },
    {
      why: 'one event in both layouts: the split one kept every answer',
      from: { answers: [q1Later], count: 1 },
      to: { answers: [q1, q1Later], count: 2 },
      state: 'newer',
    },
    {
      why: 'a list that was written twice counts once',
      from: { answers: [q1, q2, q1, q2], count: 2 },
      to: { answers: [q1, q2], count: 2 },
      state: 'same',
    },
    {
      why: 'a list that was written twice here counts once',
      from: { answers: [q1, q2], count: 2 },
      to: { answers: [q1, q2, q1, q2], count: 2 },
      state: 'same',
    },
  ];
  it.each(cases)('$why: $state', (each) => {
    check(planRaw(each.from && row(each.from), each.to && row(each.to)), each);
  });
});

describe('planUnify: from assessment_raw to assessment_aggregator', () => {
  const cases: readonly Case[] = [
    {
      why: 'answers beside their totals',
      from: { answers: [q1, q2], count: 2 },
      to: { count: 2 },
      state: 'missing',
      writes: [[50n, ['question']]],
    },
    { why: 'there already', from: { answers: [q1], count: 1 }, to: { answers: [q1], count: 1 }, state: 'same' },
    {
      why: 'older answers from before',
      from: { answers: [q2], totalsUs: 70n, count: 1 },
      to: { answers: [q1], totalsUs: 70n, answersUs: 50n, count: 1, countUs: 70n },
      state: 'older',
      writes: [[70n, ['question']]],
    },
    {
      why: 'one answer per question, above',
      from: { answers: [q1, q1Later], count: 2 },
      to: { count: 2 },
      state: 'missing',
      writes: [[51n, ALL]],
    },
    {
      why: 'that was done',
      from: { answers: [q1, q1Later], count: 2 },
      to: { answers: [q1Later], totalsUs: 51n, count: 1 },
      state: 'newer',
    },
    {
      why: 'rewritten in the unified layout since',
      from: { answers: [q1], count: 1 },
      to: { answers: [q2], totalsUs: 70n, count: 1 },
      state: 'newer',
    },
    { why: 'archived', to: { count: 2 }, state: 'archived' },
    { why: 'totals of Sunbird that never had answers', to: {}, state: 'without-answers' },
  ];
  it.each(cases)('$why: $state', (each) => {
    check(planUnify(each.from && row(each.from), each.to && row(each.to)), each);
  });
});
