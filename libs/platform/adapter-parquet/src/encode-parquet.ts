import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type ParquetColumn, type ParquetRow } from '@scorekeep/platform/domain-storage';
import { ColumnBuffer } from './column-buffer';
import { columnTree } from './column-tree';
import { type ColumnChunk, fileFooter, MAGIC, pageHeader, type RowGroup } from './parquet-metadata';
import { shredRow } from './shred-row';

const pack = promisify(gzip);

/** Fast, and on a thread of libuv. */
const level = 1;

/** What bounds a row group. */
export interface RowGroupLimits {
  /** Of values and levels, not packed. */
  readonly bytes: number;
  readonly rows: number;
}

export const ROW_GROUP_LIMITS: RowGroupLimits = { bytes: 8 * 1024 * 1024, rows: 100_000 };

/** A file of the rows: row groups with one page a leaf, packed with gzip, then the footer. */
export async function* encodeParquet(
  columns: readonly ParquetColumn[],
  rows: AsyncIterable<ParquetRow>,
  limits: RowGroupLimits = ROW_GROUP_LIMITS,
): AsyncGenerator<Uint8Array> {
  const tree = columnTree(columns);
  const buffers = tree.leaves.map((leaf) => new ColumnBuffer(leaf));
  const groups: RowGroup[] = [];
  let offset = MAGIC.length;
  let count = 0;
  yield MAGIC;
  const flush = async function* (): AsyncGenerator<Uint8Array> {
    const chunks: ColumnChunk[] = [];
    for (const leaf of tree.leaves) {
      const { chunk, pieces } = await takeChunk(buffers[leaf.index] ?? new ColumnBuffer(leaf));
      chunks.push({ ...chunk, leaf, offset });
      offset += chunk.packedBytes;
      yield* pieces;
    }
    groups.push({ rows: count, chunks });
    count = 0;
  };
  for await (const row of rows) {
    shredRow(tree, row, buffers);
    count += 1;
    if (count >= limits.rows || isFull(buffers, count, limits)) yield* flush();
  }
  if (count > 0) yield* flush();
  yield fileFooter(tree, groups);
}

/** Looked at now and then: a sum over all leaves for each row would cost more than the rows. */
function isFull(buffers: readonly ColumnBuffer[], rows: number, { bytes }: RowGroupLimits): boolean {
  return rows % 16 === 0 && buffers.reduce((sum, buffer) => sum + buffer.bytes, 0) >= bytes;
}

async function takeChunk(
  buffer: ColumnBuffer,
): Promise<{ chunk: Omit<ColumnChunk, 'leaf' | 'offset'>; pieces: readonly Uint8Array[] }> {
  const { valueCount } = buffer;
  const page = buffer.takePage();
  const packed = await pack(page, { level });
  const header = pageHeader(valueCount, { plain: page.length, packed: packed.length });
  const sizes = { plainBytes: header.length + page.length, packedBytes: header.length + packed.length };
  return { chunk: { valueCount, ...sizes }, pieces: [header, packed] };
}
