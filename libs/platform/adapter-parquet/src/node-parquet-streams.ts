import { type ParquetColumn, type ParquetRow, ParquetStreams } from '@scorekeep/platform/domain-storage';
import { decodeParquet } from './decode-parquet';
import { encodeParquet } from './encode-parquet';

/** Parquet without another library: written front to back, so nothing but one row group is held. */
export class NodeParquetStreams extends ParquetStreams {
  encode(columns: readonly ParquetColumn[], rows: AsyncIterable<ParquetRow>): AsyncIterable<Uint8Array> {
    return encodeParquet(columns, rows);
  }

  decode(columns: readonly ParquetColumn[], bytes: AsyncIterable<Uint8Array>): AsyncIterable<ParquetRow> {
    return decodeParquet(columns, bytes);
  }
}
