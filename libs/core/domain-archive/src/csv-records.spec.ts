import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { anyText } from '@scorekeep/core/testing-core';
import { inferSchema, initParser } from 'udsv';
import { type CsvCell, type CsvDialect, CsvRecords, MalformedCsv } from './csv-records';

/** Cuts the text's bytes into pieces of the given lengths, the last of which takes the rest. */
function piecesOf(text: string, lengths: readonly number[] = []): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...pieces, bytes.subarray(at)];
}

/** Cells of all records, quoted ones marked. */
function recordsOf(pieces: readonly Uint8Array[], dialect: CsvDialect = 'rfc4180'): string[][] {
  const reader = new CsvRecords(dialect);
  const records: CsvCell[][] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (let record = reader.next(); record; record = reader.next()) records.push(record);
  }
  const last = reader.end();
  return [...records, ...(last ? [last] : [])].map((cells) =>
    cells.map(({ text, quoted }) => (quoted ? `q:${text}` : text)),
  );
}

const outcomeOf = (pieces: readonly Uint8Array[], dialect: CsvDialect = 'rfc4180'): unknown => {
  try {
    return recordsOf(pieces, dialect);
  } catch (thrown) {
    if (!(thrown instanceof MalformedCsv)) throw thrown;
    return `${thrown.column}: ${thrown.message}`;
  }
};

describe('CsvRecords', () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['', []],
    ['\n', [['']]],
    [',\n', [['', '']]],
    ['a,', [['a', '']]],
    ['"a","b"\n', [['q:a', 'q:b']]],
    ['"a"\r\n"b"', [['q:a'], ['q:b']]],
    ['"",\n', [['q:', '']]],
    ['"a""b","""",""""""\n', [['q:a"b', 'q:"', 'q:""']]],
    ['"a\nb","c\r\nd","e\rf",g\n', [['q:a\nb', 'q:c\r\nd', 'q:e\rf', 'g']]],
    ['"a\\"\n', [['q:a\\']]],
    ['a\rb,c\n', [['a\rb', 'c']]],
    ['\u0000,\ufeff\n', [['\u0000', '\ufeff']]],
  ])('reads %j', (text, records) => {
    expect(recordsOf(piecesOf(text))).toEqual(records);
  });

  it.each([
    ['"a\\"b"\n', [['q:a"b']]],
    ['"\\"","\\\\"\n', [['q:"', 'q:\\']]],
    ['"{\\"text\\":\\"a\\\\\\"b\\\\n\\"}",1\n', [['q:{"text":"a\\"b\\n"}', '1']]],
    ['"a\\nb"\n', [['q:a\\nb']]],
    ['"",x"y\n', [['q:', 'x"y']]],
    ['"a\nb"\r\n', [['q:a\nb']]],
  ])('reads %j as Spark wrote it', (text, records) => {
    expect(recordsOf(piecesOf(text), 'backslash')).toEqual(records);
  });

  it.each([
    ['x,"a', 'rfc4180', '1: ends within a quoted cell'],
    ['x,"a""', 'rfc4180', '1: ends within a quoted cell'],
    ['"a"b\n', 'rfc4180', '0: has text after its closing quote'],
    ['"a"\rb\n', 'rfc4180', '0: has text after its closing quote'],
    ['"a"\r,b\n', 'rfc4180', '0: has text after its closing quote'],
    ['x,y,a"b\n', 'rfc4180', '2: has a quote within a cell without quotes'],
    ['"a\\"', 'backslash', '0: ends within a quoted cell'],
    ['"a\\', 'backslash', '0: ends within a quoted cell'],
    ['"a""b"\n', 'backslash', '0: has text after its closing quote'],
  ] as const)('refuses %j (%s)', (text, dialect, problem) => {
    expect(outcomeOf(piecesOf(text), dialect)).toBe(problem);
  });

  const pieceLengths = fc.array(fc.nat(5), { maxLength: 30 });
  const tables = fc.array(fc.array(anyText, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 });
  const quotedCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const sparkCell = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const written = (table: readonly string[][], cell: (text: string) => string): string =>
    table.map((row) => `${row.map(cell).join(',')}\n`).join('');
  const expected = (table: readonly string[][]): string[][] => table.map((row) => row.map((text) => `q:${text}`));

  it('gives what was written, wherever the text is cut', () => {
    fc.assert(
      fc.property(tables, pieceLengths, (table, lengths) => {
        expect(recordsOf(piecesOf(written(table, quotedCell), lengths))).toEqual(expected(table));
        expect(recordsOf(piecesOf(written(table, sparkCell), lengths), 'backslash')).toEqual(expected(table));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same for any text, malformed too, wherever it is cut', () => {
    const anyCsv = fc.array(fc.constantFrom('"', '""', ',', '\n', '\r', '\\', 'a'), { maxLength: 12 });
    fc.assert(
      fc.property(anyCsv, pieceLengths, fc.constantFrom('rfc4180', 'backslash'), (parts, lengths, dialect) => {
        const text = parts.join('');
        expect(outcomeOf(piecesOf(text, lengths), dialect)).toEqual(outcomeOf(piecesOf(text), dialect));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads what csv-parse and udsv read', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const text = `x,y\n${written(table, quotedCell)}`;
        const options = { relax_column_count: false, record_delimiter: '\n', bom: false };
        expect(parse(text, options)).toEqual([['x', 'y'], ...table]);
        const schema = inferSchema(text, { col: ',', row: '\n', encl: '"', esc: '"', trim: false });
        expect(initParser(schema).stringArrs(text)).toEqual(table);
        expect(recordsOf(piecesOf(text)).slice(1)).toEqual(expected(table));
      }),
    );
  });

  it('refuses what is no UTF-8, and half a character', () => {
    expect(outcomeOf([Uint8Array.of(0x61, 0x2c, 0xff, 0x0a)])).toBe('1: is no UTF-8');
    expect(outcomeOf([new TextEncoder().encode('é').subarray(0, 1)])).toBe('0: is no UTF-8');
    expect(outcomeOf([Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)])).toBe('0: is no UTF-8');
  });

  it('stops at a cell that does not end', () => {
    const reader = new CsvRecords('rfc4180', 100);
    const fill = (): void => {
      for (const piece of piecesOf(
        `x,"${'0123456789'.repeat(20)}`,
        Array.from({ length: 20 }, () => 10),
      )) {
        reader.push(piece);
        reader.next();
      }
    };
    expect(fill).toThrow(new MalformedCsv('is longer than any cell', 1));
  });

  it('takes any number of records whose cells are not too long', () => {
    const reader = new CsvRecords('rfc4180', 100);
    for (let count = 0; count < 100; count += 1) {
      reader.push(new TextEncoder().encode(`"${'x'.repeat(80)}",y\n`));
      expect(reader.next()).toHaveLength(2);
      expect(reader.next()).toBeUndefined();
    }
  });

  it('grows for a cell of any size', () => {
    const text = 'é"'.repeat(200_000);
    expect(recordsOf(piecesOf(`"${text.replaceAll('"', '""')}",z`, [10, 100_000, 1]))).toEqual([[`q:${text}`, 'z']]);
  });
});
