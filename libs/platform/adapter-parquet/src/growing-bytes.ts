const FIRST_BYTES = 4096;

/** Bytes that are written one after the other, little-endian, in a buffer that doubles when it is full. */
export class GrowingBytes {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): void {
    this.makeRoom(1);
    this.buffer[this.used++] = value;
  }

  bytes(values: Uint8Array): void {
    this.makeRoom(values.length);
    this.buffer.set(values, this.used);
    this.used += values.length;
  }

  /** UTF-8 behind its length. */
  text(value: string): void {
    this.makeRoom(4 + 3 * value.length);
    const length = this.buffer.write(value, this.used + 4);
    this.buffer.writeUInt32LE(length, this.used);
    this.used += 4 + length;
  }

  uint32(value: number): void {
    this.makeRoom(4);
    this.used = this.buffer.writeUInt32LE(value, this.used);
  }

  double(value: number): void {
    this.makeRoom(8);
    this.used = this.buffer.writeDoubleLE(value, this.used);
  }

  /** 64 bits of a whole number. */
  int64(value: number): void {
    this.makeRoom(8);
    const high = Math.floor(value / 2 ** 32);
    this.buffer.writeUInt32LE(value - high * 2 ** 32, this.used);
    this.used = this.buffer.writeInt32LE(high, this.used + 4);
  }

  /** Seven bits a byte, least significant first. @param value not negative */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte(rest % 0x80 | 0x80);
    this.byte(rest);
  }

  /** What was written; a copy, so that the buffer may be used again. */
  copy(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.used));
  }

  clear(): void {
    this.used = 0;
  }

  private makeRoom(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.used + bytes));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}
