import { type WriteTimeUs } from '@scorekeep/core/domain-scoring';

/** A value as Cassandra keeps it: with its bytes and its write time. */
export interface Cell<T = unknown> {
  readonly value: T;
  readonly bytes: Uint8Array;
  readonly writeTimeUs: WriteTimeUs;
}

/** The later of two writes of one cell; of equally late ones the larger bytes, as `db/rows/Cells.java` decides. */
export function winner<T>(known: Cell<T> | undefined, written: Cell<T>): Cell<T> {
  if (!known || written.writeTimeUs > known.writeTimeUs) return written;
  if (written.writeTimeUs < known.writeTimeUs) return known;
  return Buffer.compare(written.bytes, known.bytes) > 0 ? written : known;
}

export const textCell = (value: string, writeTimeUs: WriteTimeUs): Cell<string> => ({
  value,
  bytes: Buffer.from(value),
  writeTimeUs,
});

export const doubleCell = (value: number, writeTimeUs: WriteTimeUs): Cell<number> => ({
  value,
  bytes: doubleBytes(value),
  writeTimeUs,
});

/** A `timestamp`, ms since epoch. */
export const timestampCell = (value: number, writeTimeUs: WriteTimeUs): Cell<number> => ({
  value,
  bytes: longBytes(BigInt(value)),
  writeTimeUs,
});

export function doubleBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

export function longBytes(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
