import { InMemoryByteStreams } from '@scorekeep/core/testing-core';
import { gunzipSync } from 'node:zlib';
import { type ReportFormat } from './dataset';
import { ReportEncoder, type ReportTable } from './report-encoder';

const encoder = new ReportEncoder(new InMemoryByteStreams());
const columns = ['Name', 'Question Score'];

async function* groups(): AsyncGenerator<string[][]> {
  yield [['a, "b"', '1.5']];
  yield [
    ['', ''],
    ['-1', '-0.5'],
  ];
}

async function encoded(format: ReportFormat, table: Partial<ReportTable> = {}): Promise<Buffer> {
  const numbers = new Set(['Question Score']);
  const chunks: Uint8Array[] = [];
  for await (const chunk of encoder.encode(format, { columns, numbers, groups: groups(), ...table }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

const csv = 'Name,Question Score\n"a, ""b""",1.5\n,\n-1,-0.5\n';

describe('ReportEncoder', () => {
  it('writes csv', async () => {
    expect((await encoded('csv')).toString()).toBe(csv);
  });

  it('writes csv.gz', async () => {
    expect(gunzipSync(await encoded('csv.gz')).toString()).toBe(csv);
  });

  it('writes parquet: numbers typed, empty cells null', async () => {
    const lines = (await encoded('parquet'))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([
      [
        { name: 'Name', type: 'text' },
        { name: 'Question Score', type: 'double' },
      ],
      ['a, "b"', 1.5],
      [null, null],
      ['-1', -0.5],
    ]);
  });

  it.each(['csv', 'csv.gz', 'parquet'] as const)('passes on an error of the rows: %s', async (format) => {
    async function* broken(): AsyncGenerator<string[][]> {
      yield [['a', '1']];
      throw new Error('source broke');
    }
    await expect(encoded(format, { groups: broken() })).rejects.toThrow('source broke');
  });
});
