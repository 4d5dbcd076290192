import { AppError } from '@scorekeep/platform/util-errors';
import fc from 'fast-check';
import { parseJsonBody } from './json-body.parser';

/** Texts with many of the characters that the parser looks at, in keys and values. */
const text = fc.oneof(fc.string(), fc.stringMatching(/^[{}[\]"\\,:u0 ]{0,12}$/));

function deep(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

describe('parseJsonBody', () => {
  it('gives what JSON.parse gives', () => {
    const body = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4 },
      ),
    })).value;
    fc.assert(
      fc.property(body, (value) => {
        const json = JSON.stringify(value);
        expect(parseJsonBody(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  it('takes 64 levels and no more, and does not count brackets in texts', () => {
    expect(parseJsonBody(deep(64))).toEqual(JSON.parse(deep(64)));
    expect(() => parseJsonBody(deep(65))).toThrow('the body is nested deeper than 64 levels at character 65');
    const quoted = { a: '[{'.repeat(100), '"[\\': '\\"{'.repeat(100) };
    expect(parseJsonBody(JSON.stringify(quoted))).toEqual(quoted);
  });

  it('refuses a million levels without building them', () => {
    expect(() => parseJsonBody('{"a":'.repeat(1_000_000))).toThrow('deeper than 64');
  });

  it.each([
    ['', 'the body is empty, it must be JSON'],
    ['{', 'the body is not valid JSON at character 2'],
    ['{"a":', 'the body is not valid JSON: it ends too early'],
    ['{"answer": secret}', 'the body is not valid JSON'],
    ['{"a":1,}', 'the body is not valid JSON at character 8'],
    [
      '{"a":{"__proto__":1},"b":[{"\\u005F\\u005fproto__":{}}]}',
      'a.__proto__ is not allowed as a key; b[0].__proto__ is not allowed as a key',
    ],
    ['{"constructor":{"prototype":{}}}', 'constructor is not allowed as a key'],
  ])('refuses %s: %s', (body, words) => {
    expect(() => parseJsonBody(body)).toThrow(new AppError('HTTP.INVALID_REQUEST', words));
  });

  it('takes such words where they do no harm', () => {
    const harmless = { constructor: 'Lego', a: { constructor: { b: 1 } }, text: '__proto__' };
    expect(parseJsonBody(JSON.stringify(harmless))).toEqual(harmless);
  });
});
