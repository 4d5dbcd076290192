/**
 * The type of a value in Parquet: UTF-8 text, 64-bit double, 64-bit integer (within ±2^53), UTC time in ms, a list, a
 * struct of named fields, a map of texts. Every value may be null.
 */
export type ParquetType =
  | 'text'
  | 'double'
  | 'integer'
  | 'timestamp'
  | 'text-map'
  | { readonly list: ParquetType }
  | { readonly struct: readonly ParquetColumn[] };

export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
}

/** A list is an array, a struct an object by field name (a field left out is null), a map a Map, a time ms since epoch. */
export type ParquetValue =
  | string
  | number
  | null
  | readonly ParquetValue[]
  | ReadonlyMap<string, string | null>
  | ParquetStruct;

export interface ParquetStruct {
  readonly [field: string]: ParquetValue;
}

/** The values of a row, in the order of the columns. */
export type ParquetRow = readonly ParquetValue[];

/** Rows as Parquet files and back, as streams. */
export abstract class ParquetStreams {
  /**
   * A Parquet file of the rows, in their order. Takes rows as fast as it is read, and holds a few MB of them.
   * @throws TypeError for a value of another type than its column's; what `rows` throws
   */
  abstract encode(columns: readonly ParquetColumn[], rows: AsyncIterable<ParquetRow>): AsyncIterable<Uint8Array>;

  /**
   * The rows of a file that `encode` made with the same columns; files of other programs are laid out differently.
   * @throws STORAGE.CORRUPTED when the bytes are no such file; what `bytes` throws
   */
  abstract decode(columns: readonly ParquetColumn[], bytes: AsyncIterable<Uint8Array>): AsyncIterable<ParquetRow>;
}
