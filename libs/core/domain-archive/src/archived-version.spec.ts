import { type Answer } from '@scorekeep/core/domain-scoring';
import { anAnswer, anyStoredAttempt, aRow } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { type AttemptCopy, compareCopies, greatestVersion, sameContent } from './archived-version';

const answered = (...answers: Partial<Answer>[]): Answer[] =>
  answers.map((given, index) => anAnswer({ questionId: `q${index}`, etsMs: 1000, ...given }));
const base: AttemptCopy = {
  ...aRow(),
  lastAttemptedOnMs: 5000,
  updatedOnMs: 6000,
  createdOnMs: 4000,
  answers: answered({}),
};
const copy = (given: Partial<AttemptCopy>): AttemptCopy => ({ ...base, ...given });

describe('compareCopies', () => {
  it.each<[string, Partial<AttemptCopy>, Partial<AttemptCopy>]>([
    [
      'a later attempt',
      { lastAttemptedOnMs: 5001, answers: answered({ etsMs: 1 }) },
      { answers: answered({ etsMs: 9 }, {}) },
    ],
    ['at equal times the later answer', { answers: answered({ etsMs: 1001 }) }, { answers: answered({}, {}, {}) }],
    ['then more questions', { answers: answered({}, {}), updatedOnMs: 1 }, { answers: answered({}) }],
    ['then the later update', { updatedOnMs: 6001, totalScore: 0 }, { totalScore: 9 }],
    ['an update over none', { updatedOnMs: 6000 }, { updatedOnMs: null }],
    [
      'questions over none, though older',
      { lastAttemptedOnMs: 1, answers: answered({}) },
      { lastAttemptedOnMs: 9000, answers: [] },
    ],
    ['of copies without questions the later', { lastAttemptedOnMs: 5001, answers: [] }, { answers: [] }],
    [
      'the update where no attempt time is',
      { lastAttemptedOnMs: null, updatedOnMs: 7000 },
      { lastAttemptedOnMs: 6999 },
    ],
    ['at last the higher write time', { writeTimeUs: 2n }, { writeTimeUs: 1n }],
    ['a known write time over none', { writeTimeUs: -1n }, {}],
  ])('prefers %s', (_what, greater, smaller) => {
    expect(compareCopies(copy(greater), copy(smaller))).toBeGreaterThan(0);
    expect(compareCopies(copy(smaller), copy(greater))).toBeLessThan(0);
  });

  it('counts a question once, however often it was answered', () => {
    const twice = answered({ questionId: 'q' }, { questionId: 'q' });
    const two = answered({ questionId: 'p' }, { questionId: 'q' });
    expect(compareCopies(copy({ answers: two }), copy({ answers: twice }))).toBeGreaterThan(0);
  });

  it('decides by content between copies that are equal in all else', () => {
    const one = copy({ answers: answered({ score: 1 }) });
    const other = copy({ answers: answered({ score: 2 }) });
    expect(compareCopies(one, other)).not.toBe(0);
    expect(Math.sign(compareCopies(one, other)) + Math.sign(compareCopies(other, one))).toBe(0);
  });

  it('finds no difference between maps whose entries come in another order', () => {
    const ordered = copy({
      answers: answered({
        params: [
          new Map([
            ['a', '1'],
            ['b', '2'],
          ]),
        ],
      }),
    });
    const reversed = copy({
      answers: answered({
        params: [
          new Map([
            ['b', '2'],
            ['a', '1'],
          ]),
        ],
      }),
    });
    expect(compareCopies(ordered, reversed)).toBe(0);
    expect(sameContent(ordered, reversed)).toBe(true);
  });
});

describe('greatestVersion', () => {
  const time = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null });
  const writeTimeUs = fc.option(fc.bigInt({ min: 0n, max: 2n }), { nil: undefined });
  const answers = fc.array(
    fc
      .record({ questionId: fc.constantFrom('p', 'q'), etsMs: fc.nat(2), score: fc.nat(1) })
      .map((given) => anAnswer(given)),
    { maxLength: 2 },
  );
  const copies: fc.Arbitrary<AttemptCopy> = fc
    .tuple(fc.record({ lastAttemptedOnMs: time, updatedOnMs: time, totalScore: time, answers }), writeTimeUs)
    .map(([fields, known]) => ({ ...base, ...fields, ...(known === undefined ? {} : { writeTimeUs: known }) }));
  const best = (...all: AttemptCopy[]): AttemptCopy => greatestVersion(all) ?? base;

  it('is one of the copies, undefined without any', () => {
    expect(greatestVersion([])).toBeUndefined();
    expect(greatestVersion([base])).toBe(base);
  });

  it('is the same in every order and grouping, and however often a copy comes', () => {
    fc.assert(
      fc.property(copies, copies, copies, (first, second, third) => {
        expect(best(first, second)).toEqual(best(second, first));
        expect(best(best(first, second), third)).toEqual(best(first, best(second, third)));
        expect(best(first, second, third)).toEqual(best(third, first, second));
        expect(best(first, first)).toBe(first);
      }),
      { numRuns: 2000 },
    );
  });

  it('never is without questions where a copy has some', () => {
    fc.assert(
      fc.property(fc.array(copies, { minLength: 1 }), (all) => {
        expect(best(...all).answers.length > 0).toBe(all.some(({ answers }) => answers.length > 0));
      }),
    );
  });
});

describe('sameContent', () => {
  it('does not look at write times', () => {
    expect(sameContent(copy({ writeTimeUs: 1n }), copy({ writeTimeUs: 2n }))).toBe(true);
  });

  it('holds for a row and itself, and for nothing that differs in a field', () => {
    fc.assert(
      fc.property(anyStoredAttempt, anyStoredAttempt, fc.nat(100), (row, other, seed) => {
        expect(sameContent(row, { ...row })).toBe(true);
        const fields = Object.keys(row) as (keyof typeof row)[];
        const field = fields[seed % fields.length] ?? 'userId';
        fc.pre(field !== 'answers' && String(row[field]) !== String(other[field]));
        expect(sameContent(row, { ...row, [field]: other[field] })).toBe(false);
      }),
    );
  });

  it('tells null from empty text and from zero', () => {
    expect(sameContent(copy({ grandTotal: null }), copy({ grandTotal: '' }))).toBe(false);
    expect(sameContent(copy({ grandTotal: null }), copy({ grandTotal: 'null' }))).toBe(false);
    expect(sameContent(copy({ totalScore: null }), copy({ totalScore: 0 }))).toBe(false);
    expect(sameContent(base, copy({ answers: [] }))).toBe(false);
  });
});
