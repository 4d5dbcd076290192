import { type ByteStreams, type ParquetRow } from '@scorekeep/platform/domain-storage';
import { csvChunks } from './csv';
import { type ReportFormat } from './dataset';

/** What a report consists of. */
export interface ReportTable {
  /** Titles, in order. */
  readonly columns: readonly string[];
  /** Titles of the columns that hold nothing but numbers; typed as such where a format has types. */
  readonly numbers: ReadonlySet<string>;
  /** Cells in order of the columns, rows in groups (of one attempt, say). */
  readonly groups: AsyncIterable<readonly (readonly string[])[]>;
}

/** Writes reports in every format, as streams. */
export class ReportEncoder {
  constructor(private readonly streams: ByteStreams) {}

  /** The bytes of the file. In Parquet an empty cell is null, and a number a double. @throws what `groups` throws */
  encode(format: ReportFormat, { columns, numbers, groups }: ReportTable): AsyncIterable<Uint8Array> {
    switch (format) {
      case 'csv':
        return csvChunks(columns, groups);
      case 'csv.gz':
        return this.streams.gzip(csvChunks(columns, groups));
      case 'parquet':
        return this.streams.parquet.encode(
          columns.map((name) => ({ name, type: numbers.has(name) ? 'double' : 'text' })),
          typedRows(
            columns.map((name) => numbers.has(name)),
            groups,
          ),
        );
    }
  }
}

async function* typedRows(
  isNumber: readonly boolean[],
  groups: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<ParquetRow> {
  for await (const rows of groups) {
    for (const row of rows) {
      yield row.map((cell, index) => {
        if (cell === '') return null;
        return isNumber[index] === true ? Number(cell) : cell;
      });
    }
  }
}
