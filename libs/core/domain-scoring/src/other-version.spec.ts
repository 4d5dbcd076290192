import fc from 'fast-check';
import { anAnswer } from '@scorekeep/core/testing-core';
import { type Answer } from './answer';
import { canonicalAnswers } from './attempt-version';
import { otherVersion } from './other-version';

const digest = (text: string): string => text;
const digestOf = (answers: readonly Answer[]): string => digest(canonicalAnswers(answers));
const [a, b, c] = ['a', 'b', 'c'].map((questionId) => anAnswer({ questionId })) as [Answer, Answer, Answer];

describe('otherVersion', () => {
  it.each([
    { name: 'one after the other', mixed: [a, b, c], own: [a], other: [b, c] },
    { name: 'interleaved', mixed: [b, a, c], own: [a], other: [b, c] },
    { name: 'an answer in both', mixed: [a, b, a, c], own: [a, b], other: [a, c] },
    { name: 'own copied', mixed: [a, a, b], own: [a], other: [b] },
  ])('finds what remains: $name', ({ mixed, own, other }) => {
    expect(otherVersion(mixed, own, digestOf(other), digest)).toEqual(other);
  });

  it.each([
    { name: 'the rest is something else', mixed: [a, b], own: [a] },
    { name: 'own is not in it', mixed: [b, c], own: [a] },
    { name: 'nothing remains', mixed: [a], own: [a] },
  ])('finds nothing when $name', ({ mixed, own }) => {
    expect(otherVersion(mixed, own, digestOf([c]), digest)).toBeUndefined();
  });

  it('finds the other one of any two versions, one after the other, whatever they have in common', () => {
    const version = fc.array(fc.constantFrom(a, b, c), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(version, version, (own, other) => {
        fc.pre(digestOf(own) !== digestOf(other));
        expect(otherVersion([...own, ...other], own, digestOf(other), digest)).toEqual(other);
      }),
    );
  });
});
