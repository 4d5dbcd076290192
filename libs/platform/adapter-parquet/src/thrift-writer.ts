import { GrowingBytes } from './growing-bytes';

/** A field's value: true, a whole number of 32 or 64 bits, a text, a struct by field id, or a list of one kind. */
export type ThriftValue =
  | { readonly true: true }
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly struct: ThriftStruct }
  | { readonly list: readonly ThriftValue[] };

/** Fields in ascending order of their ids. */
export type ThriftStruct = readonly (readonly [id: number, value: ThriftValue])[];

/** Type codes of Thrift's compact protocol. */
const CODE = { true: 1, i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const;

/** A struct in Thrift's compact protocol, in which Parquet writes its headers. */
export function writeThrift(struct: ThriftStruct): Buffer {
  const bytes = new GrowingBytes();
  writeStruct(bytes, struct);
  return bytes.copy();
}

function writeStruct(bytes: GrowingBytes, struct: ThriftStruct): void {
  let last = 0;
  for (const [id, value] of struct) {
    bytes.byte(((id - last) << 4) | codeOf(value));
    writeValue(bytes, value);
    last = id;
  }
  bytes.byte(0);
}

function writeValue(bytes: GrowingBytes, value: ThriftValue): void {
  if ('i32' in value) bytes.varint(zigzag(value.i32));
  else if ('i64' in value) bytes.varint(zigzag(value.i64));
  else if ('struct' in value) writeStruct(bytes, value.struct);
  else if ('list' in value) writeList(bytes, value.list);
  else if ('text' in value) writeText(bytes, value.text);
}

function writeList(bytes: GrowingBytes, list: readonly ThriftValue[]): void {
  const code = list[0] ? codeOf(list[0]) : CODE.struct;
  if (list.length < 15) {
    bytes.byte((list.length << 4) | code);
  } else {
    bytes.byte(0xf0 | code);
    bytes.varint(list.length);
  }
  for (const item of list) writeValue(bytes, item);
}

function writeText(bytes: GrowingBytes, text: string): void {
  const utf8 = Buffer.from(text);
  bytes.varint(utf8.length);
  bytes.bytes(utf8);
}

function codeOf(value: ThriftValue): number {
  return CODE[Object.keys(value)[0] as keyof typeof CODE];
}

/** Small negative numbers become small positive ones. */
function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}
