import { anAnswer } from '@scorekeep/core/testing-core';
import fc from 'fast-check';
import { summarizeAnswers } from './answers-summary';
import { totalAttempt } from './attempt-totals';
import { versionOf } from './attempt-version';

const digest = (text: string): string => text;

describe('summarizeAnswers', () => {
  it('says of any answers what their totals and their version say', () => {
    const someAnswers = fc.array(
      fc
        .record({
          questionId: fc.constantFrom('q1', 'q2'),
          etsMs: fc.integer({ min: 1, max: 5 }),
          score: fc.double({ noNaN: true }),
          maxScore: fc.double({ noNaN: true }),
        })
        .map((sketch) => anAnswer(sketch)),
    );
    fc.assert(
      fc.property(someAnswers, fc.integer(), (answers, timeMs) => {
        const { score, maxScore, ...rest } = summarizeAnswers(answers, digest);
        const totals = totalAttempt(answers);
        expect([score, maxScore]).toEqual([totals.score, totals.maxScore]);
        expect({ timeMs, ...rest }).toEqual(versionOf(timeMs, answers, digest));
      }),
    );
  });

  it('says of no answers 0 of 0', () => {
    expect(summarizeAnswers([], digest)).toEqual({
      score: 0,
      maxScore: 0,
      latestEtsMs: 0,
      questionCount: 0,
      digest: '',
    });
  });
});
