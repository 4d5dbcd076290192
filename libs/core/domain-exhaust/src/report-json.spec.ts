import fc from 'fast-check';
import { writeMaps } from './report-json';

const maps = (...entries: (readonly [string, string][])[]) => entries.map((each) => new Map(each));

describe('writeMaps', () => {
  it.each([
    { name: 'no maps', value: maps(), reference: '[]', json: '[]' },
    { name: 'an empty map', value: maps([]), reference: '[{}]', json: '[{}]' },
    {
      name: "the player's option with a line break",
      value: maps([['1', '{"text":"A\\n"}']]),
      reference: "[{'1':'{'text':'A'}'}]",
      json: '[{"1":"{\\"text\\":\\"A\\\\n\\"}"}]',
    },
    {
      name: 'options and their answer, as the reference prints them',
      value: maps([['1', '{"text":"A=pi r^2\\n"}']], [['2', '{"text":"no\\n"}']], [['answer', '{"correct":["1"]}']]),
      reference: "[{'1':'{'text':'A=pi r^2'}'},{'2':'{'text':'no'}'},{'answer':'{'correct':['1']}'}]",
      json: '[{"1":"{\\"text\\":\\"A=pi r^2\\\\n\\"}"},{"2":"{\\"text\\":\\"no\\\\n\\"}"},{"answer":"{\\"correct\\":[\\"1\\"]}"}]',
    },
    {
      name: 'a real line break and a tab: the tab loses its backslash only',
      value: maps([['text', 'a\nb\tc']]),
      reference: "[{'text':'abtc'}]",
      json: '[{"text":"a\\nb\\tc"}]',
    },
    {
      name: 'a backslash before an n is taken for a line break',
      value: maps([['path', 'C:\\new']]),
      reference: "[{'path':'C:ew'}]",
      json: '[{"path":"C:\\\\new"}]',
    },
    {
      name: 'letters beyond ASCII and apostrophes stay',
      value: maps([['1', "ಕನ್ನಡ 😀 it's"]]),
      reference: "[{'1':'ಕನ್ನಡ 😀 it's'}]",
      json: '[{"1":"ಕನ್ನಡ 😀 it\'s"}]',
    },
    {
      name: 'keys keep their stored order, numbers too',
      value: maps([
        ['b', '1'],
        ['10', '2'],
        ['9', '3'],
      ]),
      reference: "[{'b':'1','10':'2','9':'3'}]",
      json: '[{"b":"1","10":"2","9":"3"}]',
    },
  ])('$name', ({ value, reference, json }) => {
    expect(writeMaps(value, 'reference')).toBe(reference);
    expect(writeMaps(value, 'json')).toBe(json);
  });

  it('writes JSON that parses to what was stored', () => {
    const stored = [
      new Map([
        ['k"\\', 'v\n\u0000'],
        ['', ''],
      ]),
      new Map([['a', 'b']]),
    ];
    const parsed = JSON.parse(writeMaps(stored, 'json')) as Record<string, string>[];
    expect(parsed.map((each) => new Map(Object.entries(each)))).toEqual(stored);
  });

  it('takes the three steps on the JSON text, one after the other, whatever the texts hold', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('\\', 'n', '\n', '"', "'", 'a', '\t', '\r', '\u0001', '\u2028', '\ud800', '😀'),
      }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(text, text))), (entries) => {
        const stored = entries.map((each) => new Map(each));
        const steps = writeMaps(stored, 'json').replaceAll('\\n', '').replaceAll('\\', '').replaceAll('"', "'");
        expect(writeMaps(stored, 'reference')).toBe(steps);
      }),
      { numRuns: 300 },
    );
  });
});
