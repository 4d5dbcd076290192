const FIRST_CAPACITY = 64 * 1024;
const NULL_LENGTH = -1;
/** UTF-8 needs at most this many bytes for one UTF-16 code unit. */
const BYTES_PER_CODE_UNIT = 3;
const LARGEST_SHORT_WHOLE = 2 ** 31;

/**
 * Writes values in the native protocol's form into one buffer, each with its length before it. For parameters that are
 * large or many: the driver takes a buffer for a value of any type as it is, and builds its own out of many small ones.
 */
export class CqlWriter {
  private buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  private length = 0;

  /** What was written, as a buffer of its own; the writer begins anew. */
  take(): Buffer {
    const taken = Buffer.from(this.buffer.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  /** A number of elements: a collection's own start, without a length before it. */
  count(elements: number): void {
    this.reserve(4);
    this.length = this.buffer.writeInt32BE(elements, this.length);
  }

  /** Begins a value that is made of several. @returns what `end` is to be given */
  begin(): number {
    this.count(0);
    return this.length;
  }

  /** Ends what `begin` began. */
  end(start: number): void {
    this.buffer.writeInt32BE(this.length - start, start - 4);
  }

  null(): void {
    this.count(NULL_LENGTH);
  }

  text(value: string): void {
    this.reserve(4 + value.length * BYTES_PER_CODE_UNIT);
    const written = this.buffer.write(value, this.length + 4);
    this.buffer.writeInt32BE(written, this.length);
    this.length += 4 + written;
  }

  double(value: number): void {
    this.sized(8);
    this.length = this.buffer.writeDoubleBE(value, this.length);
  }

  int(value: number): void {
    this.sized(4);
    this.length = this.buffer.writeInt32BE(value, this.length);
  }

  bigint(value: bigint): void {
    this.sized(8);
    this.length = this.buffer.writeBigInt64BE(value, this.length);
  }

  boolean(value: boolean): void {
    this.sized(1);
    this.length = this.buffer.writeUInt8(value ? 1 : 0, this.length);
  }

  /** @param milliseconds since epoch, a whole number */
  timestamp(milliseconds: number): void {
    this.sized(8);
    const high = Math.floor(milliseconds / 2 ** 32);
    this.length = this.buffer.writeInt32BE(high, this.length);
    this.length = this.buffer.writeUInt32BE(milliseconds - high * 2 ** 32, this.length);
  }

  /** The exact decimal that the number prints as. @param value finite */
  decimal(value: number): void {
    const start = this.begin();
    if (Number.isInteger(value) && Math.abs(value) < LARGEST_SHORT_WHOLE) {
      this.count(0);
      this.whole(value);
    } else {
      const { unscaled, scale } = decimalOf(value);
      this.count(scale);
      this.hex(twosComplement(unscaled));
    }
    this.end(start);
  }

  /** In as few bytes as hold it, four at most. */
  private whole(value: number): void {
    let bytes = 1;
    while (value < -(2 ** (bytes * 8 - 1)) || value >= 2 ** (bytes * 8 - 1)) bytes += 1;
    this.reserve(bytes);
    this.length = this.buffer.writeIntBE(value, this.length, bytes);
  }

  private hex(digits: string): void {
    this.reserve(digits.length / 2);
    this.length += this.buffer.write(digits, this.length, 'hex');
  }

  private sized(bytes: number): void {
    this.reserve(4 + bytes);
    this.length = this.buffer.writeInt32BE(bytes, this.length);
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

/** Digits and scale of the text of a number, exponents resolved. */
function decimalOf(value: number): { readonly unscaled: bigint; readonly scale: number } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  return { unscaled: BigInt(whole + fraction + '0'.repeat(Math.max(0, -scale))), scale: Math.max(0, scale) };
}

/** As few bytes as hold the number and its sign, as hex digits. */
function twosComplement(value: bigint): string {
  let bytes = 1;
  while (BigInt.asIntN(bytes * 8, value) !== value) bytes += 1;
  return BigInt.asUintN(bytes * 8, value)
    .toString(16)
    .padStart(bytes * 2, '0');
}
