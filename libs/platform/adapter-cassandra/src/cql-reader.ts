/**
 * Reads values in the native protocol's form, each with its length before it, from where the last one ended.
 *
 * @throws RangeError when the bytes end in the middle of a value
 */
export class CqlReader {
  private offset = 0;

  constructor(private readonly buffer: Buffer) {}

  /** A number of elements: a collection's own start, without a length before it. */
  count(): number {
    this.offset += 4;
    return this.buffer.readInt32BE(this.offset - 4);
  }

  /** Where the next value ends, for values that are made of several; undefined when it is null. */
  begin(): number | undefined {
    const length = this.lengthOfNext();
    return length < 0 ? undefined : this.offset + length;
  }

  /** Whether a value that `begin` began has more in it: rows are older than fields that a type got later. */
  isBefore(end: number): boolean {
    return this.offset < end;
  }

  /** Goes to where a value ends: fields that were added later are passed over. */
  skipTo(end: number): void {
    this.offset = end;
  }

  /** Where the reader stands: behind what was read last, before the next value's length. */
  get position(): number {
    return this.offset;
  }

  /** Passes a value by. @returns where its bytes start (they end at `position`); undefined when it is null */
  span(): number | undefined {
    return this.next(0);
  }

  skip(): void {
    const length = this.lengthOfNext();
    this.offset += Math.max(0, length);
  }

  text(): string | null {
    const from = this.next(0);
    return from === undefined ? null : this.buffer.toString('utf8', from, this.offset);
  }

  /** A value's bytes as a text of as many characters, to compare it by; `bytesOf` gives them back. */
  raw(): string | null {
    const from = this.next(0);
    return from === undefined ? null : this.buffer.toString('latin1', from, this.offset);
  }

  double(): number | null {
    const from = this.next(8);
    return from === undefined ? null : this.buffer.readDoubleBE(from);
  }

  int(): number | null {
    const from = this.next(4);
    return from === undefined ? null : this.buffer.readInt32BE(from);
  }

  bigint(): bigint | null {
    const from = this.next(8);
    return from === undefined ? null : this.buffer.readBigInt64BE(from);
  }

  boolean(): boolean | null {
    const from = this.next(1);
    return from === undefined ? null : this.buffer.readUInt8(from) !== 0;
  }

  /** Ms since epoch. */
  timestamp(): number | null {
    const from = this.next(8);
    if (from === undefined) return null;
    return this.buffer.readInt32BE(from) * 2 ** 32 + this.buffer.readUInt32BE(from + 4);
  }

  /** The nearest double. */
  decimal(): number | null {
    const from = this.next(5);
    if (from === undefined) return null;
    const scale = this.buffer.readInt32BE(from);
    const bytes = this.offset - from - 4;
    const unscaled = bytes <= 6 ? this.buffer.readIntBE(from + 4, bytes) : this.wholeNumber(from + 4);
    return scale === 0 ? Number(unscaled) : Number(`${unscaled}e${-scale}`);
  }

  /** Two's complement, up to where the value ends. */
  private wholeNumber(from: number): bigint {
    const hex = this.buffer.toString('hex', from, this.offset);
    return BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`));
  }

  /**
   * @param least bytes; a shorter value, which some clients write for "none", is none
   * @returns where the value starts; `offset` is where it ends
   */
  private next(least: number): number | undefined {
    const length = this.lengthOfNext();
    if (length < 0) return undefined;
    const from = this.offset;
    this.offset += length;
    if (this.offset > this.buffer.length) throw new RangeError(`a value of ${length} bytes ends behind the last byte`);
    return length < least ? undefined : from;
  }

  private lengthOfNext(): number {
    this.offset += 4;
    return this.buffer.readInt32BE(this.offset - 4);
  }
}

/** The bytes of which `CqlReader.raw` made a text. */
export function bytesOf(raw: string): Buffer {
  return Buffer.from(raw, 'latin1');
}
