import { aRow, learner } from '@scorekeep/core/testing-core';
import { parseAggDetail } from './agg-detail';
import { fillAttempts, type LegacyRecord } from './fill-attempts';
import { aggregatesOf, metricsOf } from './metrics';

const digest = (text: string): string => String(text.length);
const nothing: LegacyRecord = { rows: [], aggDetails: [], aggregates: new Map(), timeZone: 'UTC', nowUs: 9_000n };
const fill = (given: Partial<LegacyRecord>) => fillAttempts({ ...nothing, ...given }, digest);
const row = (attemptId: string, score: number, writeTimeUs = 50n) => ({
  ...aRow({ attemptId, score }),
  ...learner,
  writeTimeUs,
});
const detail = (attemptId: string, score: number) =>
  JSON.stringify({
    attempt_id: attemptId,
    content_id: 'do_content',
    score,
    max_score: 10,
    attempted_on: 1_600_000_000,
  });
const metrics = (score: number, count: number) =>
  new Map([
    ['score:do_content', score],
    ['max_score:do_content', 10],
    ['attempts_count:do_content', count],
  ]);

describe('fillAttempts', () => {
  it('finds nothing where nothing was', () => {
    expect(fill({})).toEqual([]);
  });

  it('takes rows with their write times', () => {
    expect(fill({ rows: [row('a', 4)] })).toMatchObject([{ attemptId: 'a', score: 4, maxScore: 10, writeTimeUs: 50n }]);
  });

  it('takes attempts that only agg_details knows, above any tombstone', () => {
    expect(fill({ aggDetails: [detail('a', 4)] })).toMatchObject([{ attemptId: 'a', score: 4, writeTimeUs: 9_000n }]);
  });

  it('lets a row win over agg_details, at the higher write time', () => {
    const entries = fill({ rows: [row('a', 4)], aggDetails: [detail('a', 9)] });
    expect(entries).toMatchObject([{ attemptId: 'a', score: 4, writeTimeUs: 9_000n }]);
  });

  it.each([
    { name: 'all archived', rows: [], stored: metrics(7, 3) },
    { name: 'the best one archived', rows: [row('a', 4)], stored: metrics(7, 3) },
    { name: 'the best one still there', rows: [row('a', 7)], stored: metrics(7, 3) },
    { name: 'the count explained, the best not', rows: [row('a', 4)], stored: metrics(7, 2) },
    { name: 'a best below zero', rows: [], stored: metrics(-2, 2) },
  ])('stands in for attempts the reference archived, so that metrics hold: $name', ({ rows, stored }) => {
    const entries = fill({ rows, aggregates: stored });
    expect(aggregatesOf(metricsOf(entries))).toEqual(stored);
    expect(entries.filter(({ placeholder }) => placeholder).every(({ writeTimeUs }) => writeTimeUs === 1n)).toBe(true);
  });

  it('adds no placeholder where rows explain the metrics', () => {
    expect(fill({ rows: [row('a', 4), row('b', 7)], aggregates: metrics(7, 2) })).toHaveLength(2);
  });

  it('never lowers a stored best score, even when the count is explained', () => {
    const entries = fill({ rows: [row('a', 4)], aggregates: metrics(7, 1) });
    expect(metricsOf(entries).get('do_content')?.score).toBe(7);
  });
});

describe('parseAggDetail', () => {
  const base = { attempt_id: 'a', content_id: 'c', score: 1.5, max_score: 2, type: 'attempt_metrics' };
  it.each([
    { name: 'epoch seconds', given: { attempted_on: 1_606_203_268 }, zone: 'UTC', timeMs: 1_606_203_268_000 },
    {
      name: 'Java text',
      given: { last_attempted_on: 'Nov 24, 2020, 7:34:28 AM' },
      zone: 'UTC',
      timeMs: 1_606_203_268_000,
    },
    {
      name: 'Java text with a narrow space',
      given: { last_attempted_on: 'Nov 24, 2020, 7:34:28\u202fAM' },
      zone: 'UTC',
      timeMs: 1_606_203_268_000,
    },
    {
      name: 'Java text in a zone',
      given: { last_attempted_on: 'Nov 24, 2020, 1:04:28 PM' },
      zone: 'Asia/Kolkata',
      timeMs: 1_606_203_268_000,
    },
    {
      name: 'a day below 10',
      given: { last_attempted_on: 'Nov 04, 2020, 12:00:00 AM' },
      zone: 'UTC',
      timeMs: 1_604_448_000_000,
    },
    { name: 'no time', given: {}, zone: 'UTC', timeMs: 0 },
    { name: 'an unreadable time', given: { last_attempted_on: 'yesterday' }, zone: 'UTC', timeMs: 0 },
  ])('reads $name', ({ given, zone, timeMs }) => {
    const entry = parseAggDetail(JSON.stringify({ ...base, ...given }), zone, 5n);
    expect(entry).toMatchObject({
      attemptId: 'a',
      contentId: 'c',
      score: 1.5,
      maxScore: 2,
      version: { timeMs },
      writeTimeUs: 5n,
    });
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"attempt_id":"a"}',
    JSON.stringify({ ...base, score: '1' }),
    JSON.stringify({ ...base, attempt_id: '' }),
    JSON.stringify({ ...base, content_id: '' }),
    JSON.stringify(base).replace('1.5', '1e999'),
  ])('passes over %p', (text) => {
    expect(parseAggDetail(text, 'UTC', 5n)).toBeUndefined();
  });
});
