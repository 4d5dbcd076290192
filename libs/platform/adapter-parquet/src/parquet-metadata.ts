import { type ColumnNode, type ColumnTree, type LeafNode, type LeafType } from './column-tree';
import { type ThriftStruct, type ThriftValue, writeThrift } from './thrift-writer';

/** The ids of parquet-format's enums, as far as they are used. */
const PHYSICAL: Readonly<Record<LeafType, number>> = { text: 6, double: 5, integer: 2, timestamp: 2 };
const CONVERTED = { utf8: 0, map: 1, list: 3, timestampMs: 9 } as const;
const REPETITION = { required: 0, optional: 1, repeated: 2 } as const;
const ENCODING = { plain: 0, runs: 3 } as const;
const GZIP = 2;
const DATA_PAGE = 0;

export const MAGIC = Buffer.from('PAR1');

/** One leaf's values in one row group: one page. */
export interface ColumnChunk {
  readonly leaf: LeafNode;
  /** Of the page's header, from the start of the file. */
  readonly offset: number;
  readonly valueCount: number;
  /** Header included. */
  readonly plainBytes: number;
  readonly packedBytes: number;
}

export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

/** What stands before a page. @param sizes of the page alone, in bytes */
export function pageHeader(valueCount: number, sizes: { readonly plain: number; readonly packed: number }): Buffer {
  const dataPage: ThriftStruct = [
    [1, { i32: valueCount }],
    [2, { i32: ENCODING.plain }],
    [3, { i32: ENCODING.runs }],
    [4, { i32: ENCODING.runs }],
  ];
  return writeThrift([
    [1, { i32: DATA_PAGE }],
    [2, { i32: sizes.plain }],
    [3, { i32: sizes.packed }],
    [5, { struct: dataPage }],
  ]);
}

/** The end of a file: what is in it and where. */
export function fileFooter(tree: ColumnTree, groups: readonly RowGroup[]): Buffer {
  const root: ThriftStruct = [
    [4, { text: 'schema' }],
    [5, { i32: tree.columns.length }],
  ];
  const metadata = writeThrift([
    [1, { i32: 1 }],
    [2, { list: [{ struct: root }, ...tree.columns.flatMap(schemaOf)] }],
    [3, { i64: groups.reduce((sum, { rows }) => sum + rows, 0) }],
    [4, { list: groups.map(rowGroup) }],
    [6, { text: 'scorekeep' }],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([metadata, length, MAGIC]);
}

/** A node and all below it, depth first. */
function schemaOf(node: ColumnNode): ThriftValue[] {
  switch (node.kind) {
    case 'leaf':
      return [leafSchema(node)];
    case 'struct':
      return [group(node.name, node.fields.length), ...node.fields.flatMap(schemaOf)];
    case 'list':
      return [group(node.name, 1, CONVERTED.list), repeated('list', 1), ...schemaOf(node.element)];
    case 'map':
      return [
        group(node.name, 1, CONVERTED.map),
        repeated('key_value', 2),
        leafSchema(node.key),
        leafSchema(node.value),
      ];
  }
}

function leafSchema({ name, type, required }: LeafNode): ThriftValue {
  return {
    struct: [
      [1, { i32: PHYSICAL[type] }],
      [3, { i32: required ? REPETITION.required : REPETITION.optional }],
      [4, { text: name }],
      ...meaningOf(type),
    ],
  };
}

/** For readers old and new: the converted type, and the logical type where it says more. */
function meaningOf(type: LeafType): ThriftStruct {
  if (type === 'text') return [[6, { i32: CONVERTED.utf8 }]];
  if (type !== 'timestamp') return [];
  const milliseconds: ThriftValue = { struct: [[1, { struct: [] }]] };
  const utc: ThriftStruct = [
    [1, { true: true }],
    [2, milliseconds],
  ];
  return [
    [6, { i32: CONVERTED.timestampMs }],
    [10, { struct: [[8, { struct: utc }]] }],
  ];
}

function group(name: string, children: number, converted?: number): ThriftValue {
  return {
    struct: [
      [3, { i32: REPETITION.optional }],
      [4, { text: name }],
      [5, { i32: children }],
      ...(converted === undefined ? [] : [[6, { i32: converted }] as const]),
    ],
  };
}

function repeated(name: string, children: number): ThriftValue {
  return {
    struct: [
      [3, { i32: REPETITION.repeated }],
      [4, { text: name }],
      [5, { i32: children }],
    ],
  };
}

function rowGroup({ rows, chunks }: RowGroup): ThriftValue {
  return {
    struct: [
      [1, { list: chunks.map(columnChunk) }],
      [2, { i64: chunks.reduce((sum, { plainBytes }) => sum + plainBytes, 0) }],
      [3, { i64: rows }],
    ],
  };
}

function columnChunk({ leaf, offset, valueCount, plainBytes, packedBytes }: ColumnChunk): ThriftValue {
  const metadata: ThriftStruct = [
    [1, { i32: PHYSICAL[leaf.type] }],
    [2, { list: [{ i32: ENCODING.plain }, { i32: ENCODING.runs }] }],
    [3, { list: leaf.path.map((text) => ({ text })) }],
    [4, { i32: GZIP }],
    [5, { i64: valueCount }],
    [6, { i64: plainBytes }],
    [7, { i64: packedBytes }],
    [9, { i64: offset }],
  ];
  return {
    struct: [
      [2, { i64: offset }],
      [3, { struct: metadata }],
    ],
  };
}
