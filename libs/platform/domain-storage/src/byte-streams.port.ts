import { type ParquetStreams } from './parquet-streams.port';

/** Compression, hashing and Parquet of streams, off the event loop where it costs. */
export abstract class ByteStreams {
  abstract gzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;

  /** @throws STORAGE.CORRUPTED when the bytes are no complete gzip stream */
  abstract gunzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;

  abstract readonly parquet: ParquetStreams;

  /** A running SHA-256 of what passes by. */
  abstract sha256(): RunningHash;
}

export interface RunningHash {
  update(chunk: Uint8Array): void;
  /** Lower-case hex; call once, at the end. */
  hex(): string;
}
