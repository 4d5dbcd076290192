import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type ParquetColumn, type ParquetRow, storageErrorCodes } from '@scorekeep/platform/domain-storage';
import { AppError } from '@scorekeep/platform/util-errors';
import { assembleRow } from './assemble-row';
import { ByteQueue } from './byte-queue';
import { columnTree, type ColumnTree } from './column-tree';
import { ColumnValues } from './column-values';
import { MAGIC } from './parquet-metadata';
import { type ThriftFields, ThriftReader } from './thrift-reader';

const unpack = promisify(gunzip);

const LONGEST_HEADER = 64;
const LONGEST_FOOTER = 64 * 1024 * 1024;
const LARGEST_PAGE = 2 ** 31 - 1;

/** Both a page's header and the footer begin with a number: the type of the page (0), or the file's version (1). */
const PAGE_HEADER_START = Buffer.from([0x15, 0x00]);

/** The rows of a file of `encodeParquet`, front to back: a row group at a time, a row at a time. */
export async function* decodeParquet(
  columns: readonly ParquetColumn[],
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ParquetRow> {
  const tree = columnTree(columns);
  const queue = new ByteQueue(bytes);
  let rows = 0;
  try {
    if (!(await queue.take(MAGIC.length)).equals(MAGIC)) throw new RangeError('it is no Parquet file');
    for (let values = await nextGroup(queue, tree); values; values = await nextGroup(queue, tree)) {
      for (const row of rowsOf(tree, values)) {
        rows += 1;
        yield row;
      }
    }
    checkFooter(await queue.rest(LONGEST_FOOTER), rows);
  } catch (thrown) {
    throw isMalformed(thrown) ? corrupted(thrown) : thrown;
  } finally {
    await queue.close();
  }
}

function* rowsOf(tree: ColumnTree, values: readonly ColumnValues[]): Generator<ParquetRow> {
  while (values[0]?.peekDefinition() !== undefined) yield assembleRow(tree, values);
  if (values.some((column) => column.peekDefinition() !== undefined)) throw new RangeError('columns differ in length');
}

/** Undefined where the footer begins. */
async function nextGroup(queue: ByteQueue, tree: ColumnTree): Promise<ColumnValues[] | undefined> {
  if (!(await queue.peek(PAGE_HEADER_START.length)).equals(PAGE_HEADER_START)) return undefined;
  const values: ColumnValues[] = [];
  for (const leaf of tree.leaves) values.push(new ColumnValues(leaf, await nextPage(queue)));
  return values;
}

async function nextPage(queue: ByteQueue): Promise<Buffer> {
  const reader = new ThriftReader(await queue.peek(LONGEST_HEADER));
  const header = reader.struct();
  await queue.take(reader.offset);
  const packed = await queue.take(sizeOf(header, 3));
  const plainBytes = sizeOf(header, 2);
  const page = await unpack(packed, { maxOutputLength: Math.max(1, plainBytes) });
  if (page.length !== plainBytes) throw new RangeError('a page has another length than its header says');
  return page;
}

function sizeOf(header: ThriftFields, field: number): number {
  const size = header.get(field);
  if (typeof size !== 'number' || size < 0 || size > LARGEST_PAGE) throw new RangeError('a page has no size');
  return size;
}

function checkFooter(footer: Buffer, rows: number): void {
  const end = footer.length - 8;
  if (end < 0 || !footer.subarray(-4).equals(MAGIC) || footer.readUInt32LE(end) !== end) {
    throw new RangeError('the file ends too early');
  }
  const stated = new ThriftReader(footer.subarray(0, end)).struct().get(3);
  if (stated !== rows) throw new RangeError('it has another number of rows than its footer says');
}

/** Reading behind the end of something, or zlib's errors, which alone have such codes. By name: tests have realms. */
function isMalformed(thrown: unknown): thrown is Error {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { name, code } = thrown as { readonly name?: unknown; readonly code?: unknown };
  return name === 'RangeError' || (typeof code === 'string' && code.startsWith('Z_'));
}

function corrupted(cause: Error): AppError {
  const words = `the bytes are no Parquet file of these columns: ${cause.message}`;
  return new AppError(storageErrorCodes.corrupted, words, { cause });
}
