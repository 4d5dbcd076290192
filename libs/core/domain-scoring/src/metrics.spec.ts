import fc from 'fast-check';
import { anEntry } from '@scorekeep/core/testing-core';
import { aggregatesOf, changedAggregates, metricsOf } from './metrics';

const attempt = (contentId: string, attemptId: string, score: number, maxScore = 10) =>
  anEntry({ contentId, attemptId, score, maxScore });

describe('metricsOf', () => {
  it.each([
    { name: 'no attempts', attempts: [], expected: {} },
    {
      name: 'the highest score and its maximum',
      attempts: [attempt('c', 'x', 3, 5), attempt('c', 'y', 4, 8)],
      expected: { c: { score: 4, maxScore: 8, attemptsCount: 2, bestAttemptId: 'y' } },
    },
    {
      name: 'ties go to the smallest attempt id',
      attempts: [attempt('c', 'y', 4, 8), attempt('c', 'x', 4, 5)],
      expected: { c: { score: 4, maxScore: 5, attemptsCount: 2, bestAttemptId: 'x' } },
    },
    {
      name: 'negative scores',
      attempts: [attempt('c', 'x', -3)],
      expected: { c: { score: -3, maxScore: 10, attemptsCount: 1, bestAttemptId: 'x' } },
    },
    {
      name: 'contents are apart',
      attempts: [attempt('c', 'x', 1), attempt('d', 'x', 2)],
      expected: {
        c: { score: 1, maxScore: 10, attemptsCount: 1, bestAttemptId: 'x' },
        d: { score: 2, maxScore: 10, attemptsCount: 1, bestAttemptId: 'x' },
      },
    },
  ])('$name', ({ attempts, expected }) => {
    expect(Object.fromEntries(metricsOf(attempts))).toEqual(expected);
  });

  it('does not depend on the order of attempts', () => {
    const some = fc.record({
      contentId: fc.constantFrom('c', 'd'),
      attemptId: fc.uuid(),
      score: fc.integer({ max: 3, min: -3 }),
    });
    fc.assert(
      fc.property(fc.array(some.map(anEntry)), fc.array(fc.nat(), { minLength: 20 }), (attempts, order) => {
        const shuffled = attempts
          .map((each, index) => ({ each, at: order[index % order.length] ?? 0 }))
          .sort((a, b) => a.at - b.at);
        const [straight, mixed] = [attempts, shuffled.map(({ each }) => each)].map((list) =>
          aggregatesOf(metricsOf(list)),
        );
        expect(new Map([...(mixed ?? [])].sort())).toEqual(new Map([...(straight ?? [])].sort()));
      }),
    );
  });
});

describe('aggregates', () => {
  it('are named as other services read them', () => {
    expect(aggregatesOf(metricsOf([attempt('do_1', 'x', 3, 5)]))).toEqual(
      new Map([
        ['score:do_1', 3],
        ['max_score:do_1', 5],
        ['attempts_count:do_1', 1],
      ]),
    );
  });

  it('are written only where they differ, and other keys are left alone', () => {
    const wanted = new Map([
      ['score:c', 3],
      ['attempts_count:c', 2],
    ]);
    const stored = new Map([
      ['score:c', 3],
      ['attempts_count:c', 1],
      ['completedCount', 7],
    ]);
    expect(changedAggregates(wanted, stored)).toEqual(new Map([['attempts_count:c', 2]]));
  });
});
