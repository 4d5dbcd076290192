import { anAnswer } from '@scorekeep/core/testing-core';
import { withLazyAnswers } from './lazy-answers';

describe('withLazyAnswers', () => {
  it('builds the answers once, at the first look, for each row its own', () => {
    let built = 0;
    const rowOf = (questionId: string) =>
      withLazyAnswers({ attemptId: questionId }, () => {
        built += 1;
        return [anAnswer({ questionId })];
      });
    const [first, second] = [rowOf('q1'), rowOf('q2')];
    expect(built).toBe(0);
    expect(first.answers).toBe(first.answers);
    expect([first.answers, second.answers]).toEqual([
      [anAnswer({ questionId: 'q1' })],
      [anAnswer({ questionId: 'q2' })],
    ]);
    expect(built).toBe(2);
  });

  it('leaves a row that is like any other: equal, copied and listed with its answers', () => {
    const row = withLazyAnswers({ attemptId: 'a' }, () => [anAnswer()]);
    expect(row).toEqual({ attemptId: 'a', answers: [anAnswer()] });
    expect({ ...row, attemptId: 'b' }).toEqual({ attemptId: 'b', answers: [anAnswer()] });
    expect(Object.keys(row)).toEqual(['attemptId', 'answers']);
  });

  it('throws at every look what building them throws', () => {
    const row = withLazyAnswers({}, () => {
      throw new Error('malformed');
    });
    expect(() => row.answers).toThrow('malformed');
    expect(() => row.answers).toThrow('malformed');
  });
});
