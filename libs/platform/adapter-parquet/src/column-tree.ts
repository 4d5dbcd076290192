import { type ParquetColumn, type ParquetType } from '@scorekeep/platform/domain-storage';

/**
 * A column and what is in it, with the levels of Dremel's scheme. A value at definition level `definition` is there;
 * below it, it or something around it is null. At repetition level `repetition` a further item of the list begins.
 */
export type ColumnNode = LeafNode | StructNode | ListNode | MapNode;

export interface LeafNode {
  readonly kind: 'leaf';
  readonly name: string;
  readonly type: LeafType;
  /** Keys of maps are never null. */
  readonly required: boolean;
  readonly definition: number;
  readonly repetition: number;
  /** Among all leaves of the file, from 0. */
  readonly index: number;
  readonly path: readonly string[];
}

export interface StructNode {
  readonly kind: 'struct';
  readonly name: string;
  readonly definition: number;
  readonly fields: readonly ColumnNode[];
  readonly leaves: readonly LeafNode[];
}

export interface ListNode {
  readonly kind: 'list';
  readonly name: string;
  /** Of an empty list; of an item one more. */
  readonly definition: number;
  /** Of an item behind the first. */
  readonly repetition: number;
  readonly element: ColumnNode;
  readonly leaves: readonly LeafNode[];
}

export interface MapNode {
  readonly kind: 'map';
  readonly name: string;
  readonly definition: number;
  readonly repetition: number;
  readonly key: LeafNode;
  readonly value: LeafNode;
  readonly leaves: readonly LeafNode[];
}

export type LeafType = Extract<ParquetType, 'text' | 'double' | 'integer' | 'timestamp'>;

export interface ColumnTree {
  readonly columns: readonly ColumnNode[];
  readonly leaves: readonly LeafNode[];
}

interface Place {
  readonly definition: number;
  readonly repetition: number;
  readonly path: readonly string[];
}

/** The tree of a file's columns. */
export function columnTree(columns: readonly ParquetColumn[]): ColumnTree {
  const leaves: LeafNode[] = [];
  const root = { definition: 0, repetition: 0, path: [] };
  return { columns: columns.map((column) => nodeOf(column, root, leaves)), leaves };
}

function nodeOf({ name, type }: ParquetColumn, around: Place, leaves: LeafNode[]): ColumnNode {
  const place = { ...around, definition: around.definition + 1, path: [...around.path, name] };
  if (type === 'text-map') return mapNode(name, place, leaves);
  if (typeof type === 'string') return leafNode(name, { type, required: false, place }, leaves);
  return 'list' in type ? listNode(name, type.list, place, leaves) : structNode(name, type.struct, place, leaves);
}

function leafNode(
  name: string,
  { type, required, place }: { type: LeafType; required: boolean; place: Place },
  leaves: LeafNode[],
): LeafNode {
  const node = { kind: 'leaf', name, type, required, ...place, index: leaves.length } as const;
  leaves.push(node);
  return node;
}

function structNode(name: string, columns: readonly ParquetColumn[], place: Place, leaves: LeafNode[]): StructNode {
  const first = leaves.length;
  const fields = columns.map((column) => nodeOf(column, place, leaves));
  return { kind: 'struct', name, definition: place.definition, fields, leaves: leaves.slice(first) };
}

function listNode(name: string, type: ParquetType, place: Place, leaves: LeafNode[]): ListNode {
  const first = leaves.length;
  const element = nodeOf({ name: 'element', type }, inside(place, 'list'), leaves);
  const { definition, repetition } = place;
  return { kind: 'list', name, definition, repetition: repetition + 1, element, leaves: leaves.slice(first) };
}

function mapNode(name: string, place: Place, leaves: LeafNode[]): MapNode {
  const entry = inside(place, 'key_value');
  const keyPlace = { ...entry, path: [...entry.path, 'key'] };
  const valuePlace = { ...entry, definition: entry.definition + 1, path: [...entry.path, 'value'] };
  const key = leafNode('key', { type: 'text', required: true, place: keyPlace }, leaves);
  const value = leafNode('value', { type: 'text', required: false, place: valuePlace }, leaves);
  const { definition, repetition } = place;
  return { kind: 'map', name, definition, repetition: repetition + 1, key, value, leaves: [key, value] };
}

function inside({ definition, repetition, path }: Place, group: string): Place {
  return { definition: definition + 1, repetition: repetition + 1, path: [...path, group] };
}
