import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type ParquetColumn, type ParquetRow } from '@scorekeep/platform/domain-storage';
import { bodyOf, collect, inChunks, readAll } from '@scorekeep/platform/testing-platform';
import * as fc from 'fast-check';
import { encodeParquet } from './encode-parquet';
import { NodeParquetStreams } from './node-parquet-streams';
import { anyTable, asStream } from './parquet.fixture';

const streams = new NodeParquetStreams();

const encoded = (columns: readonly ParquetColumn[], rows: readonly ParquetRow[], groupRows = 100_000) =>
  readAll(encodeParquet(columns, asStream(rows), { bytes: 1_000, rows: groupRows }));

const columns: ParquetColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'score', type: 'double' },
  { name: 'count', type: 'integer' },
  { name: 'at', type: 'timestamp' },
  {
    name: 'question',
    type: {
      list: {
        struct: [
          { name: 'id', type: 'text' },
          { name: 'resvalues', type: { list: 'text-map' } },
        ],
      },
    },
  },
];

const rows: ParquetRow[] = [
  ['a', 0.1, -1, 1_600_000_000_123, [{ id: 'q', resvalues: [new Map([['1', 'one']]), new Map()] }]],
  ['', -0, 2 ** 53 - 1, -1, []],
  [null, null, null, null, null],
  ['अ', NaN, 0, 0, [null, { id: null, resvalues: null }, { id: '', resvalues: [null] }]],
];

describe('NodeParquetStreams', () => {
  it('reads back the rows of any columns as they were, in row groups and chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 500 }),
        async (table, ...sizes) => {
          const bytes = await encoded(table.columns, table.rows, sizes[0]);
          expect(await collect(streams.decode(table.columns, inChunks(bytes, sizes[1])))).toEqual(table.rows);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('gives no row for a file without rows', async () => {
    const bytes = await readAll(streams.encode(columns, asStream([])));
    await expect(collect(streams.decode(columns, bodyOf(bytes)))).resolves.toEqual([]);
  });

  it.each([
    { what: 'text for a number', row: ['a', '1', 1, 1, []] },
    { what: 'a number for text', row: [1, 1, 1, 1, []] },
    { what: 'a fraction of a millisecond', row: ['a', 1, 1, 0.5, []] },
    { what: 'no list', row: ['a', 1, 1, 1, 'x'] },
    { what: 'no struct', row: ['a', 1, 1, 1, ['x']] },
    { what: 'no map', row: ['a', 1, 1, 1, [{ id: 'q', resvalues: ['x'] }]] },
    { what: 'too few values', row: ['a'] },
  ])('refuses $what', async ({ row }) => {
    await expect(encoded(columns, [row as ParquetRow])).rejects.toThrow(TypeError);
  });

  it('passes on what the rows throw, and closes them when its reader leaves', async () => {
    const failure = new Error('the table broke');
    let closed = 0;
    async function* broken(): AsyncGenerator<ParquetRow> {
      try {
        for (let count = 0; count < 10; count += 1) yield ['a'.repeat(500), 1, 1, 1, null];
        throw failure;
      } finally {
        closed += 1;
      }
    }
    await expect(readAll(streams.encode(columns, broken()))).rejects.toBe(failure);
    for await (const { length } of encodeParquet(columns, broken(), { bytes: 10, rows: 1 })) if (length > 4) break;
    expect(closed).toBe(2);
  });

  it('writes a row group as soon as it is full, so that memory stays flat', async () => {
    let taken = 0;
    let takenAtFirstPage = 0;
    async function* large(): AsyncGenerator<ParquetRow> {
      for (; taken < 1_000; taken += 1) yield ['x'.repeat(1_000), 1, 1, 1, null];
    }
    for await (const { length } of encodeParquet(columns, large(), { bytes: 50_000, rows: 100_000 })) {
      if (length > 4 && takenAtFirstPage === 0) takenAtFirstPage = taken;
    }
    expect(takenAtFirstPage).toBeLessThan(70);
  });

  it('takes no damaged file for a whole one', async () => {
    const whole = await encoded(columns, rows, 2);
    for (const length of [0, 3, 4, 50, whole.length - 9, whole.length - 1]) {
      await expect(collect(streams.decode(columns, bodyOf(whole.subarray(0, length))))).rejects.toMatchObject({
        code: 'STORAGE.CORRUPTED',
      });
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const outcome = await collect(streams.decode(columns, bodyOf(damaged))).catch((error: unknown) => error);
        // A byte of the packed footer's names may change unseen; whoever must know has a checksum of the file.
        expect(Array.isArray(outcome) ? outcome : [(outcome as { code?: string }).code]).toEqual(
          Array.isArray(outcome) ? rows : ['STORAGE.CORRUPTED'],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('passes on what the bytes throw', async () => {
    const failure = new Error('the store broke');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield (await encoded(columns, rows)).subarray(0, 200);
      throw failure;
    }
    await expect(collect(streams.decode(columns, broken()))).rejects.toBe(failure);
  });
});

describe('DuckDB', () => {
  let folder: string;
  let duckdb: DuckDBConnection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scorekeep-parquet-'));
    duckdb = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  });
  afterAll(async () => {
    duckdb.closeSync();
    await rm(folder, { recursive: true });
  });

  const query = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowsJson();

  it('reads the file, typed', async () => {
    const file = join(folder, 'typed.parquet');
    await writeFile(file, await encoded(columns, rows, 3));
    expect((await query(`DESCRIBE SELECT * FROM '${file}'`)).map((found) => found.slice(0, 2))).toEqual([
      ['id', 'VARCHAR'],
      ['score', 'DOUBLE'],
      ['count', 'BIGINT'],
      ['at', 'TIMESTAMP WITH TIME ZONE'],
      ['question', 'STRUCT(id VARCHAR, resvalues MAP(VARCHAR, VARCHAR)[])[]'],
    ]);
    const values = `id, score::VARCHAR, count::VARCHAR, epoch_ms("at")::VARCHAR, question::VARCHAR`;
    expect(await query(`SELECT ${values} FROM '${file}'`)).toEqual([
      ['a', '0.1', '-1', '1600000000123', "[{'id': q, 'resvalues': [{1=one}, {}]}]"],
      ['', '-0.0', '9007199254740991', '-1', '[]'],
      [null, null, null, null, null],
      ['अ', 'nan', '0', '0', "[NULL, {'id': NULL, 'resvalues': NULL}, {'id': '', 'resvalues': [NULL]}]"],
    ]);
  });

  it('finds in a file of any columns what is in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (table) => {
        const file = join(folder, 'any.parquet');
        await writeFile(file, await encoded(table.columns, table.rows, 4));
        const counts = table.columns.map(({ name }) => `count(${name})::INTEGER`).join(', ');
        const expected = table.columns.map((_, index) => table.rows.filter((row) => row[index] !== null).length);
        expect(await query(`SELECT ${counts} FROM '${file}'`)).toEqual([expected]);
        const nested = table.columns.map(({ name }) => `length(${name}::VARCHAR)`).join(', ');
        expect(await query(`SELECT ${nested} FROM '${file}'`)).toHaveLength(table.rows.length);
      }),
      { numRuns: 40 },
    );
  });
});
