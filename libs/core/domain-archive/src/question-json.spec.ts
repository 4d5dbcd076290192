import { type Answer } from '@scorekeep/core/domain-scoring';
import { anyAnswer } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { decodeAnswers, encodeAnswers, MalformedQuestion } from './question-json';

const answer: Answer = {
  questionId: 'do_1',
  etsMs: Date.parse('2020-06-18T18:15:56.490Z'),
  maxScore: 1,
  score: 0.33,
  type: 'mcq',
  title: 'Which is "larger"?\n',
  description: null,
  resvalues: [new Map([['1', '{"text":"A\\n"}']])],
  params: [
    new Map([
      ['10', 'ten'],
      ['2', 'two'],
    ]),
    new Map([['answer', '{"correct":["1"]}']]),
  ],
  durationSeconds: 12,
};

describe('encodeAnswers', () => {
  it('writes the fields of the UDT in its order', () => {
    expect(encodeAnswers([answer])).toBe(
      '[{"id":"do_1","assess_ts":"2020-06-18T18:15:56.490+0000","max_score":1,"score":0.33,"type":"mcq",' +
        '"title":"Which is \\"larger\\"?\\n","resvalues":[{"1":"{\\"text\\":\\"A\\\\n\\"}"}],' +
        '"params":[{"10":"ten","2":"two"},{"answer":"{\\"correct\\":[\\"1\\"]}"}],"description":null,"duration":12}]',
    );
  });

  it.each([
    [-0, '-0'],
    [1e21, '1e+21'],
    [NaN, '"NaN"'],
    [-Infinity, '"-Infinity"'],
  ])('writes a score of %d as %s', (score, text) => {
    expect(encodeAnswers([{ ...answer, score }])).toContain(`"score":${text},`);
  });

  it('writes no questions as an empty array', () => {
    expect(encodeAnswers([])).toBe('[]');
  });
});

describe('decodeAnswers', () => {
  it('gives back what was encoded, empty text apart from null', () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 3 }), (answers) => {
        expect(decodeAnswers(encodeAnswers(answers))).toEqual(answers);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives one object for options that come again, when they are as `encodeAnswers` writes them', () => {
    const [first] = decodeAnswers(encodeAnswers([answer]));
    const [second] = decodeAnswers(encodeAnswers([{ ...answer, score: 0, etsMs: 1 }]));
    expect(second?.params).toBe(first?.params);
    expect(second?.params).toEqual(answer.params);
  });

  it('reads or refuses whatever has a character less, more or another as it does where it parses all of it', () => {
    // a space in front is JSON all the same, and no form that is read without parsing the whole
    const parsedWhole = (text: string) => ` ${text}`;
    const outcomeOf = (text: string): unknown => {
      try {
        return decodeAnswers(text);
      } catch (thrown) {
        return (thrown as Error).message;
      }
    };
    const characters = fc.constantFrom(
      '',
      '"',
      '\\',
      ',',
      '[',
      ']',
      '{',
      '}',
      ' ',
      '\n',
      '0',
      '-',
      'e',
      'n',
      '\u0000',
      '"x"',
      'null',
    );
    fc.assert(
      fc.property(
        fc.array(anyAnswer, { minLength: 1, maxLength: 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(2),
        characters,
        (answers, place, removed, put) => {
          const text = encodeAnswers(answers);
          const at = Math.floor(place * text.length);
          const changed = text.slice(0, at) + put + text.slice(at + removed);
          expect(outcomeOf(changed)).toEqual(outcomeOf(parsedWhole(changed)));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('gives the entries of maps in the order of Cassandra', () => {
    const [decoded] = decodeAnswers(
      encodeAnswers([
        {
          ...answer,
          params: [
            new Map([
              ['2', 'b'],
              ['😀', 'd'],
              ['\uffff', 'c'],
              ['10', 'a'],
            ]),
          ],
        },
      ]),
    );
    expect([...(decoded?.params[0]?.keys() ?? [])]).toEqual(['10', '2', '\uffff', '😀']);
  });

  it('keeps texts that UTF-8 has no bytes for', () => {
    const odd = { ...answer, title: '\ud800', params: [new Map([['\udc00', 'x']])] };
    expect(decodeAnswers(encodeAnswers([odd]))).toEqual([odd]);
  });

  it('takes absent fields and null for the same', () => {
    const nothing: Answer = {
      questionId: '',
      etsMs: 0,
      maxScore: 0,
      score: 0,
      type: null,
      title: null,
      description: null,
      resvalues: [],
      params: [],
      durationSeconds: 0,
    };
    const nulls =
      '{"id":null,"assess_ts":null,"max_score":null,"score":null,"resvalues":null,"params":null,"duration":null}';
    expect(decodeAnswers(`[{}, ${nulls}]`)).toEqual([nothing, nothing]);
  });

  it('takes times as numbers, and fields in any order', () => {
    expect(decodeAnswers('[{"duration":1.5,"assess_ts":1592504156490,"id":"q","unknown":1}]')).toMatchObject([
      { questionId: 'q', etsMs: 1592504156490, durationSeconds: 1.5 },
    ]);
  });

  it.each([
    ['secret', 'is no JSON'],
    ['{"id":"secret"}', 'is no JSON array'],
    ['["secret"]', 'holds something that is no JSON object'],
    ['[["secret"]]', 'holds something that is no JSON object'],
    ['[null]', 'holds something that is no JSON object'],
    ['[{"id":7}]', 'has a id that is no text'],
    ['[{"title":{"x":"secret"}}]', 'has a title that is no text'],
    ['[{"score":"secret"}]', 'has a score that is no number'],
    ['[{"max_score":true}]', 'has a max_score that is no number'],
    ['[{"assess_ts":"secret"}]', 'has an assess_ts that is no time'],
    ['[{"assess_ts":{}}]', 'has an assess_ts that is no time'],
    ['[{"params":"secret"}]', 'has params that are no array'],
    ['[{"params":["secret"]}]', 'holds something that is no JSON object'],
    ['[{"resvalues":[{"1":{"text":"secret"}}]}]', 'has resvalues with a value that is no text'],
  ])('refuses %s without repeating it', (text, problem) => {
    const decode = (): unknown => decodeAnswers(text);
    expect(decode).toThrow(MalformedQuestion);
    expect(decode).toThrow(new Error(problem));
  });
});
