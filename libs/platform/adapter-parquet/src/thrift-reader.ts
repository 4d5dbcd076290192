/** Field values by id; of numbers, texts (as bytes) and structs. Lists are kept as arrays of such. */
export type ThriftFields = ReadonlyMap<number, ThriftField>;
export type ThriftField = number | boolean | Buffer | ThriftFields | readonly ThriftField[];

/** Type codes of the compact protocol; a boolean's value is in its code. */
const CODE = { true: 1, false: 2, i16: 4, i32: 5, i64: 6, binary: 8, list: 9, set: 10, struct: 12 } as const;

/** Reads structs of Thrift's compact protocol. @throws RangeError when the bytes end too early or are none */
export class ThriftReader {
  offset = 0;

  constructor(private readonly bytes: Buffer) {}

  struct(): ThriftFields {
    const fields = new Map<number, ThriftField>();
    let id = 0;
    for (let header = this.byte(); header !== 0; header = this.byte()) {
      id = header >>> 4 === 0 ? unzigzag(this.varint()) : id + (header >>> 4);
      fields.set(id, this.value(header & 0x0f));
    }
    return fields;
  }

  private value(code: number): ThriftField {
    switch (code) {
      case CODE.true:
      case CODE.false:
        return code === CODE.true;
      case CODE.i16:
      case CODE.i32:
      case CODE.i64:
        return unzigzag(this.varint());
      case CODE.binary:
        return this.take(this.varint());
      case CODE.list:
      case CODE.set:
        return this.list();
      case CODE.struct:
        return this.struct();
      default:
        throw new RangeError(`a header has a value of type ${code}`);
    }
  }

  private list(): ThriftField[] {
    const header = this.byte();
    const length = header >>> 4 === 15 ? this.varint() : header >>> 4;
    const items: ThriftField[] = [];
    for (let index = 0; index < length; index += 1) items.push(this.value(header & 0x0f));
    return items;
  }

  private varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
      if (scale > 2 ** 56) throw new RangeError('a header has a number that does not end');
    }
  }

  private byte(): number {
    const byte = this.bytes[this.offset];
    if (byte === undefined) throw new RangeError('a header ends too early');
    this.offset += 1;
    return byte;
  }

  private take(length: number): Buffer {
    if (this.offset + length > this.bytes.length) throw new RangeError('a header ends too early');
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
