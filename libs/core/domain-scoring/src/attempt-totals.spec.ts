import fc from 'fast-check';
import { anAnswer } from '@scorekeep/core/testing-core';
import { latestPerQuestion, totalAttempt } from './attempt-totals';

const answer = (questionId: string, etsMs: number, score: number, maxScore = 1) =>
  anAnswer({ questionId, etsMs, score, maxScore });

describe('totalAttempt', () => {
  it.each([
    { name: 'no answers', answers: [], score: 0, maxScore: 0 },
    { name: 'one answer', answers: [answer('a', 1, 0.5)], score: 0.5, maxScore: 1 },
    { name: 'the later answer counts', answers: [answer('a', 1, 1), answer('a', 2, 0)], score: 0, maxScore: 1 },
    {
      name: 'the later answer counts, wherever it stands',
      answers: [answer('a', 2, 0), answer('a', 1, 1)],
      score: 0,
      maxScore: 1,
    },
    { name: 'among equal times the first', answers: [answer('a', 1, 1), answer('a', 1, 0)], score: 1, maxScore: 1 },
    { name: 'negative scores', answers: [answer('a', 1, -0.25), answer('b', 1, 1)], score: 0.75, maxScore: 2 },
    {
      name: 'maxima of the answers that count',
      answers: [answer('a', 1, 1, 5), answer('a', 2, 1, 3)],
      score: 1,
      maxScore: 3,
    },
  ])('$name', ({ answers, score, maxScore }) => {
    expect(totalAttempt(answers)).toMatchObject({ score, maxScore });
  });

  it('adds as doubles in order of first appearance', () => {
    const answers = [answer('a', 1, 0.1), answer('b', 1, 0.2), answer('c', 1, 0.3), answer('a', 2, 0.1)];
    expect(totalAttempt(answers).score).toBe(0.1 + 0.2 + 0.3);
  });

  it('keeps one answer per question, the latest, in order of first appearance', () => {
    const someAnswer = fc
      .record({
        questionId: fc.constantFrom('a', 'b', 'c'),
        etsMs: fc.integer({ min: 1, max: 4 }),
        score: fc.integer(),
      })
      .map((given) => anAnswer(given));
    fc.assert(
      fc.property(fc.array(someAnswer), (answers) => {
        const counted = latestPerQuestion(answers);
        expect(counted.map(({ questionId }) => questionId)).toEqual([
          ...new Set(answers.map((each) => each.questionId)),
        ]);
        for (const kept of counted) {
          const rivals = answers.filter(({ questionId }) => questionId === kept.questionId);
          expect(kept).toBe(rivals.find(({ etsMs }) => etsMs === Math.max(...rivals.map((rival) => rival.etsMs))));
        }
      }),
    );
  });
});
