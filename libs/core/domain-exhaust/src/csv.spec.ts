import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvChunks, csvLine } from './csv';

async function* each<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

async function textsOf(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = [];
  for await (const chunk of chunks)
    texts.push(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(chunk));
  return texts;
}

describe('csvLine', () => {
  it.each([
    { cells: ['a', 'b'], line: 'a,b\n' },
    { cells: ['', '', ''], line: ',,\n' },
    { cells: ['a,b'], line: '"a,b"\n' },
    { cells: ['say "x"'], line: '"say ""x"""\n' },
    { cells: ['a\nb', 'c\rd', 'e\r\nf'], line: '"a\nb","c\rd","e\r\nf"\n' },
    { cells: [' a '], line: ' a \n', why: 'spaces are part of a cell' },
    { cells: ["{'k':'v'}"], line: "{'k':'v'}\n" },
  ])('$cells $why', ({ cells, line }) => {
    expect(csvLine(cells)).toBe(line);
  });
});

describe('csvChunks', () => {
  it('is the header alone when there are no rows', async () => {
    expect(await textsOf(csvChunks(['A', 'B'], each()))).toEqual(['A,B\n']);
  });

  it('cuts into chunks of about 256 KB, between rows', async () => {
    const row = ['x'.repeat(1000), 'y'];
    const chunks = await textsOf(csvChunks(['A', 'B'], each(...Array.from({ length: 100 }, () => [row, row, row]))));
    expect(chunks.length).toBe(2);
    expect(chunks.join('')).toBe(`A,B\n${csvLine(row).repeat(300)}`);
    expect(chunks[0]?.endsWith('\n')).toBe(true);
  });

  it('passes on an error of the rows', async () => {
    async function* broken(): AsyncGenerator<string[][]> {
      yield [['1']];
      throw new Error('source broke');
    }
    await expect(textsOf(csvChunks(['A'], broken()))).rejects.toThrow('source broke');
  });

  it('reads back equal with csv-parse, for any Unicode', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\t', ' ', "'", ';', '\ufeff', '\u2028', 'ä', '😀') }),
    );
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const text = (await textsOf(csvChunks(['A', 'B', 'C'], each(table)))).join('');
        expect(parse(text, { record_delimiter: '\n' })).toEqual([['A', 'B', 'C'], ...table]);
      }),
    );
  });

  it('reads back equal cells of 1 MB that are full of what must be quoted', async () => {
    const large = '",\r\n😀ä"'.repeat(100_000);
    expect(Buffer.byteLength(large)).toBeGreaterThan(1_000_000);
    const text = (await textsOf(csvChunks(['A', 'B'], each([[large, 'x']], [['y', large]])))).join('');
    expect(parse(text, { record_delimiter: '\n' })).toEqual([
      ['A', 'B'],
      [large, 'x'],
      ['y', large],
    ]);
  });
});
