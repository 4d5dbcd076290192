import { createRequire } from 'node:module';
import { types } from 'cassandra-driver';
import * as fc from 'fast-check';
import { type Answer } from '@scorekeep/core/domain-scoring';
import { decodeQuestions, encodeQuestions } from './questions.codec';

interface Encoder {
  encode(value: unknown, type: object): Buffer;
}
const DriverEncoder = createRequire(__filename)('cassandra-driver/lib/encoder') as new (
  protocolVersion: number,
  options: object,
) => Encoder;
const driver = new DriverEncoder(4, { encoding: { map: Map } });

const { text, timestamp, double, decimal, list, map, udt } = types.dataTypes;
const listOfMaps = { code: list, info: { code: map, info: [{ code: text }, { code: text }] } };
const FIELDS = Object.entries({
  id: { code: text },
  assess_ts: { code: timestamp },
  max_score: { code: double },
  score: { code: double },
  type: { code: text },
  title: { code: text },
  resvalues: listOfMaps,
  params: listOfMaps,
  description: { code: text },
  duration: { code: decimal },
}).map(([name, type]) => ({ name, type }));
const names = FIELDS.map(({ name }) => name);

/** The list as the driver would write it from objects. */
function byDriver(answers: readonly Answer[], fields = FIELDS): string {
  const values = answers.map((answer) => ({
    id: answer.questionId,
    assess_ts: new Date(answer.etsMs),
    max_score: answer.maxScore,
    score: answer.score,
    type: answer.type,
    title: answer.title,
    resvalues: answer.resvalues,
    params: answer.params,
    description: answer.description,
    duration: types.BigDecimal.fromString(String(answer.durationSeconds)),
  }));
  return driver.encode(values, { code: list, info: { code: udt, info: { name: 'question', fields } } }).toString('hex');
}

// Whole characters: what is no text at all does not survive UTF-8.
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });
const mapsOf = (least: number) =>
  fc.array(
    fc.array(fc.tuple(anyText, anyText), { minLength: least, maxLength: 3 }).map((entries) => new Map(entries)),
    { minLength: least, maxLength: 3 },
  );
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** @param least how many elements a list or map has: the driver can write no empty ones, and puts null for them */
const answersOf = (least: number): fc.Arbitrary<Answer[]> =>
  fc.array(answerOf(mapsOf(least)), { minLength: least, maxLength: 5 });
const answerOf = (maps: fc.Arbitrary<Map<string, string>[]>): fc.Arbitrary<Answer> =>
  fc.record({
    questionId: anyText,
    etsMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    maxScore: finite,
    score: finite,
    type: fc.option(anyText),
    title: fc.option(anyText),
    description: fc.option(anyText),
    resvalues: maps,
    params: maps,
    durationSeconds: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(0.5, 12.25, -1)),
  });

describe('questions on the wire', () => {
  it('are the driver’s bytes', () => {
    fc.assert(
      fc.property(answersOf(1), (answers) => {
        expect(encodeQuestions(answers, names).toString('hex')).toBe(byDriver(answers));
      }),
    );
  });

  it('read back as they were', () => {
    fc.assert(
      fc.property(answersOf(0), (answers) => {
        expect(decodeQuestions({ bytes: encodeQuestions(answers, names), fields: names })).toEqual(answers);
      }),
    );
  });

  it('follow the order of the fields on the server, and leave fields of others null', () => {
    const fields = [{ name: 'added_by_operator', type: { code: text } }, ...[...FIELDS].reverse()];
    const order = fields.map(({ name }) => name);
    fc.assert(
      fc.property(answersOf(1), (answers) => {
        const bytes = encodeQuestions(answers, order);
        expect(bytes.toString('hex')).toBe(byDriver(answers, fields));
        expect(decodeQuestions({ bytes, fields: order })).toEqual(answers);
      }),
    );
  });

  it('of rows older than a field lack it, and absent values are 0, null or empty', () => {
    const bytes = driver.encode([{ id: 'q' }, { id: 'r' }], {
      code: list,
      info: { code: udt, info: { name: 'question', fields: FIELDS.slice(0, 1) } },
    });
    const nothing = { etsMs: 0, maxScore: 0, score: 0, type: null, title: null, description: null };
    const empty = { ...nothing, resvalues: [], params: [], durationSeconds: 0 };
    expect(decodeQuestions({ bytes, fields: names })).toEqual([
      { ...empty, questionId: 'q' },
      { ...empty, questionId: 'r' },
    ]);
  });
});
