import fc from 'fast-check';
import { anAnswer } from '@scorekeep/core/testing-core';
import { withoutCopies } from './without-copies';

const a = anAnswer({ questionId: 'a' });
const a2 = anAnswer({ questionId: 'a', score: 0 });
const b = anAnswer({ questionId: 'b' });

describe('withoutCopies', () => {
  it.each([
    { name: 'written once', answers: [a, b], count: 2, once: [a, b] },
    { name: 'written twice', answers: [a, b, a, b], count: 2, once: [a, b] },
    { name: 'written three times', answers: [a, b, a, b, a, b], count: 2, once: [a, b] },
    { name: 'two writes interleaved', answers: [a, a, b, b], count: 2, once: [a, b] },
    { name: 'genuine repeats of the split layout', answers: [a, a], count: 2, once: [a, a] },
    { name: 'genuine repeats written twice', answers: [a, a2, a, a, a2, a], count: 3, once: [a, a2, a] },
    { name: 'no whole copies', answers: [a, b, a], count: 2, once: [a, b, a] },
    { name: 'halves that differ', answers: [a, a2], count: 1, once: [a, a2] },
    { name: 'an old row written twice', answers: [a, b, a, b], count: undefined, once: [a, b] },
    { name: 'an old row whose answers differ', answers: [a, a2], count: undefined, once: [a, a2] },
    { name: 'an empty list', answers: [], count: 0, once: [] },
  ])('$name', ({ answers, count, once }) => {
    expect(withoutCopies(answers, count)).toEqual(once);
  });

  it('finds the list again however often it was written', () => {
    const list = fc.array(fc.constantFrom(a, a2, b), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 4 }), (answers, times) => {
        const written = Array.from({ length: times }, () => answers).flat();
        const once = withoutCopies(written, answers.length);
        expect(once).toHaveLength(answers.length);
        expect(new Set(once)).toEqual(new Set(answers));
      }),
    );
  });
});
