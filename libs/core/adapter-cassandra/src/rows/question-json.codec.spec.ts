import { encodeAnswers } from '@scorekeep/core/domain-archive';
import { type Answer, withoutCopies } from '@scorekeep/core/domain-scoring';
import { anyAnswer, anyText } from '@scorekeep/core/testing-core';
import { CqlWriter, type RawValue } from '@scorekeep/platform/adapter-cassandra';
import * as fc from 'fast-check';
import { isSurelySingle, questionJson } from './question-json.codec';
import { decodeQuestions, encodeQuestions } from './questions.codec';

const names = [
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

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** What the table can hold: a decimal is finite. */
const anyStoredAnswer: fc.Arbitrary<Answer> = fc
  .tuple(anyAnswer, fc.oneof(fc.nat(1_000), finite))
  .map(([answer, durationSeconds]) => ({ ...answer, durationSeconds }));
const anyAnswers = fc.array(anyStoredAnswer, { maxLength: 4 });
const anyOrder = fc.shuffledSubarray([...names, 'of_an_operator'], { minLength: names.length + 1 });

/** By way of the answers themselves. */
const byAnswers = (raw: RawValue) => encodeAnswers(decodeQuestions(raw));

describe('questionJson', () => {
  it('is to the byte the JSON of the answers, in whatever order the server has the fields', () => {
    fc.assert(
      fc.property(anyAnswers, anyOrder, (answers, fields) => {
        const raw = { bytes: encodeQuestions(answers, fields), fields };
        const expected = byAnswers(raw);
        expect(questionJson(raw, 'plain').toString()).toBe(expected);
        const cell = answers.length === 0 ? '[]' : `"${expected.replaceAll('"', '""')}"`;
        expect(questionJson(raw, 'quoted').toString()).toBe(cell);
      }),
      { numRuns: 300 },
    );
  });

  it('escapes every ASCII character as JSON does', () => {
    const title = String.fromCharCode(...Array.from({ length: 160 }, (_, code) => code));
    const [answer] = fc.sample(anyStoredAnswer, { numRuns: 1, seed: 1 });
    const raw = { bytes: encodeQuestions([{ ...(answer as Answer), title }], names), fields: names };
    expect(questionJson(raw, 'plain').toString()).toContain(`"title":${JSON.stringify(title)},`);
  });

  it('takes fields that are null, not there yet or too short for those of no value, and a question that is null too', () => {
    const anyField = fc.option(fc.uint8Array({ maxLength: 4 }), { nil: null });
    const anyFields = fc.option(fc.array(anyField, { maxLength: 1 }), { nil: null });
    // Of texts any bytes are a value, so only ASCII ones; numbers and times of fewer bytes than they have are none.
    const fields = ['score', 'assess_ts', 'duration', 'max_score'];
    fc.assert(
      fc.property(
        fc.array(anyFields, { maxLength: 4 }),
        fc.shuffledSubarray(fields, { minLength: 4 }),
        (list, order) => {
          const writer = new CqlWriter();
          writer.count(list.length);
          for (const values of list) {
            if (values === null) {
              writer.null();
              continue;
            }
            const start = writer.begin();
            for (const value of values) {
              if (value === null) writer.null();
              else
                writer.text(
                  Buffer.from(value)
                    .toString('latin1')
                    .replaceAll(/[^ -~]/g, '.'),
                );
            }
            writer.end(start);
          }
          const raw = { bytes: writer.take(), fields: order };
          expect(questionJson(raw, 'plain').toString()).toBe(byAnswers(raw));
        },
      ),
    );
  });
});

describe('isSurelySingle', () => {
  const raw = (answers: readonly Answer[], fields = names) => ({ bytes: encodeQuestions(answers, fields), fields });

  it('never says so of a list that is taken as fewer answers', () => {
    const count = fc.option(fc.nat(6), { nil: undefined });
    const repeated = fc.tuple(anyAnswers, fc.integer({ min: 1, max: 3 })).map(([answers, copies]) => {
      const all: Answer[] = [];
      for (let copy = 0; copy < copies; copy += 1) all.push(...answers);
      return all;
    });
    fc.assert(
      fc.property(fc.oneof(repeated, anyAnswers), count, anyOrder, (answers, writtenCount, fields) => {
        const isSingle = isSurelySingle(raw(answers, fields), writtenCount);
        const taken = withoutCopies(answers, writtenCount);
        if (isSingle) expect([taken, writtenCount ?? taken.length]).toEqual([answers, answers.length]);
      }),
      { numRuns: 300 },
    );
  });

  it('says so of what is written by us, and of lists of others without a repeated question', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText, { minLength: 1, maxLength: 5 }), (ids) => {
        const [answer] = fc.sample(anyStoredAnswer, { numRuns: 1, seed: 1 });
        const answers = ids.map((questionId) => ({ ...(answer as Answer), questionId }));
        expect([isSurelySingle(raw(answers), ids.length), isSurelySingle(raw(answers), undefined)]).toEqual([
          true,
          true,
        ]);
      }),
    );
  });
});
