import { csvHeader } from './row-csv';
import { type EncodedRow, type SegmentRows } from './segment-rows';

/** Write times of a part are kept until its rows are stored: at most 17 MB. */
const mostRows = 1_000_000;
const chunkBytes = 256 * 1024;

export interface PartOptions {
  /** Of the content, uncompressed, header included. */
  readonly maxBytes: number;
  /** Default 1,000,000. */
  readonly maxRows?: number;
  /** Called about every 256 KB with the number of rows taken from the source so far. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/** The content of one object, as a stream that takes rows only as fast as it is read. */
export class SegmentPart {
  private readonly maxBytes: number;
  private readonly maxRows: number;
  private readonly onRows: PartOptions['onRows'];
  private readonly header = new TextEncoder().encode(csvHeader);
  private readonly writeTimes = new LinesAsBytes();
  private bytes = 0;
  rows = 0;
  minUpdatedOnMs = Infinity;
  maxUpdatedOnMs = -Infinity;
  maxWriteTimeUs: bigint | undefined;
  /** What the rows threw: the store that reads this stream may wrap it in an error of its own. */
  failure: { readonly thrown: unknown } | undefined;

  constructor(
    private readonly source: SegmentRows,
    options: PartOptions,
  ) {
    this.maxBytes = options.maxBytes;
    this.maxRows = options.maxRows ?? mostRows;
    this.onRows = options.onRows;
  }

  /** Header and rows in chunks of about 256 KB; at least one row, whatever its size. */
  async *content(): AsyncGenerator<Uint8Array> {
    const chunks = new ChunkBuffer();
    chunks.add(this.header);
    for await (const row of this.encodedRows()) {
      if (!chunks.fits(row.bytes)) yield* chunks.flush();
      if (chunks.fits(row.bytes)) chunks.add(row.bytes);
      else yield row.bytes;
    }
    yield* chunks.flush();
  }

  /** The rows that `content` is made of. Read either the one or the other. */
  async *encodedRows(): AsyncGenerator<EncodedRow> {
    let reportedBytes = 0;
    this.bytes = this.header.length;
    try {
      for (let row = await this.nextRow(); row; row = await this.nextRow()) {
        this.count(row);
        yield row;
        if (this.bytes - reportedBytes < chunkBytes) continue;
        this.onRows?.(this.source.takenRows);
        reportedBytes = this.bytes;
      }
    } catch (thrown) {
      this.failure = { thrown };
      throw thrown;
    }
    this.onRows?.(this.source.takenRows);
  }

  /** One decimal number of µs a line, in the order of the rows. Read it when `content` has ended. */
  writeTimeLines(): AsyncIterable<Uint8Array> {
    return this.writeTimes.read();
  }

  private async nextRow(): Promise<EncodedRow | undefined> {
    const next = await this.source.peek();
    const full = next && this.rows > 0 && (this.rows >= this.maxRows || this.bytes + next.bytes.length > this.maxBytes);
    return full ? undefined : this.source.take();
  }

  private count({ bytes, updatedOnMs, writeTimeUs }: EncodedRow): void {
    this.rows += 1;
    this.bytes += bytes.length;
    this.minUpdatedOnMs = Math.min(this.minUpdatedOnMs, updatedOnMs);
    this.maxUpdatedOnMs = Math.max(this.maxUpdatedOnMs, updatedOnMs);
    if (this.maxWriteTimeUs === undefined || writeTimeUs > this.maxWriteTimeUs) this.maxWriteTimeUs = writeTimeUs;
    this.writeTimes.add(writeTimeUs.toString());
  }
}

/** Collects small pieces into one chunk. A given chunk is never written to again. */
class ChunkBuffer {
  private chunk = new Uint8Array(chunkBytes);
  private used = 0;

  fits(bytes: Uint8Array): boolean {
    return this.used + bytes.length <= chunkBytes;
  }

  add(bytes: Uint8Array): void {
    this.chunk.set(bytes, this.used);
    this.used += bytes.length;
  }

  *flush(): Generator<Uint8Array> {
    if (this.used === 0) return;
    const full = this.chunk.subarray(0, this.used);
    this.chunk = new Uint8Array(chunkBytes);
    this.used = 0;
    yield full;
  }
}

/** Lines as compact bytes: a million texts would take five times the memory. */
class LinesAsBytes {
  private readonly encoder = new TextEncoder();
  private readonly chunks: Uint8Array[] = [];
  private readonly buffer = new ChunkBuffer();

  add(line: string): void {
    const bytes = this.encoder.encode(`${line}\n`);
    if (!this.buffer.fits(bytes)) this.chunks.push(...this.buffer.flush());
    this.buffer.add(bytes);
  }

  async *read(): AsyncGenerator<Uint8Array> {
    yield* this.chunks;
    yield* this.buffer.flush();
  }
}
