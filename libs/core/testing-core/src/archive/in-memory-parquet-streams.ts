import { type ParquetColumn, type ParquetRow, ParquetStreams } from '@scorekeep/platform/domain-storage';

/** No Parquet, but rows and columns that can be read back: a line of JSON for the columns, and one for each row. */
export class InMemoryParquetStreams extends ParquetStreams {
  override async *encode(
    columns: readonly ParquetColumn[],
    rows: AsyncIterable<ParquetRow>,
  ): AsyncGenerator<Uint8Array> {
    yield lineOf(columns);
    for await (const row of rows) yield lineOf(row);
  }

  override async *decode(
    _columns: readonly ParquetColumn[],
    bytes: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<ParquetRow> {
    let text = '';
    for await (const chunk of bytes) text += new TextDecoder().decode(chunk);
    for (const line of text.trimEnd().split('\n').slice(1)) yield JSON.parse(line) as ParquetRow;
  }
}

function lineOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
