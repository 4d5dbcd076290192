import { GrowingBytes } from './growing-bytes';

/** Levels of one column's values: each run of equal ones is its length and the level. */
export class LevelRuns {
  private readonly runs = new GrowingBytes();
  private level = 0;
  private count = 0;

  add(level: number): void {
    if (level !== this.level) this.endRun();
    this.level = level;
    this.count += 1;
  }

  /** In Parquet's hybrid encoding, behind its length; then begins anew. */
  take(): Buffer {
    this.endRun();
    const length = Buffer.alloc(4);
    length.writeUInt32LE(this.runs.length);
    const encoded = Buffer.concat([length, this.runs.copy()]);
    this.runs.clear();
    return encoded;
  }

  get bytes(): number {
    return this.runs.length;
  }

  private endRun(): void {
    if (this.count === 0) return;
    this.runs.varint(this.count * 2);
    this.runs.byte(this.level);
    this.count = 0;
  }
}

/** Reads what `LevelRuns` wrote. Packed groups, the other half of the encoding, are never among it. */
export class LevelReader {
  private level = 0;
  private left = 0;

  private constructor(
    private readonly page: Buffer,
    private offset: number,
    private readonly end: number,
  ) {}

  /** @returns the reader, and where the next part of the page begins */
  static of(page: Buffer, offset: number): { readonly levels: LevelReader; readonly end: number } {
    const end = offset + 4 + page.readUInt32LE(offset);
    if (end > page.length) throw new RangeError('levels end behind their page');
    return { levels: new LevelReader(page, offset + 4, end), end };
  }

  /** The next value's level; undefined behind the last. */
  peek(): number | undefined {
    if (this.left === 0) this.nextRun();
    return this.left === 0 ? undefined : this.level;
  }

  skip(): void {
    if (this.peek() === undefined) throw new RangeError('a column has too few values');
    this.left -= 1;
  }

  private nextRun(): void {
    if (this.offset >= this.end) return;
    const header = this.varint();
    if (header % 2 === 1) throw new RangeError('levels are packed');
    this.left = header / 2;
    this.level = this.page.readUInt8(this.offset);
    this.offset += 1;
  }

  private varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.page.readUInt8(this.offset);
      this.offset += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
