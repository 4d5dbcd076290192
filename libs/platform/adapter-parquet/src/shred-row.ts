import { type ParquetRow, type ParquetValue } from '@scorekeep/platform/domain-storage';
import { type ColumnBuffer } from './column-buffer';
import {
  type ColumnNode,
  type ColumnTree,
  type LeafNode,
  type ListNode,
  type MapNode,
  type StructNode,
} from './column-tree';

/** Puts the values of a row into the buffers of the leaves they belong to. */
export function shredRow(tree: ColumnTree, row: ParquetRow, buffers: readonly ColumnBuffer[]): void {
  if (row.length !== tree.columns.length) throw new TypeError('a row has not as many values as there are columns');
  tree.columns.forEach((node, index) => shred(node, row[index] ?? null, 0, buffers));
}

function shred(node: ColumnNode, value: ParquetValue, repetition: number, buffers: readonly ColumnBuffer[]): void {
  if (node.kind === 'leaf') shredLeaf(node, value, repetition, buffers);
  else if (value === null) addNulls(node.leaves, node.definition - 1, repetition, buffers);
  else if (node.kind === 'struct') shredStruct(node, value, repetition, buffers);
  else if (node.kind === 'list') shredList(node, value, repetition, buffers);
  else shredMap(node, value, repetition, buffers);
}

function shredLeaf(leaf: LeafNode, value: ParquetValue, repetition: number, buffers: readonly ColumnBuffer[]): void {
  if (value === null) buffers[leaf.index]?.addNull(leaf.definition - 1, repetition);
  else buffers[leaf.index]?.add(value, repetition);
}

function shredStruct(
  { fields }: StructNode,
  value: ParquetValue,
  repetition: number,
  buffers: readonly ColumnBuffer[],
): void {
  if (typeof value !== 'object') throw new TypeError('a struct was expected');
  const struct = value as Readonly<Record<string, ParquetValue>>;
  for (const field of fields) shred(field, struct[field.name] ?? null, repetition, buffers);
}

function shredList(node: ListNode, value: ParquetValue, repetition: number, buffers: readonly ColumnBuffer[]): void {
  if (!Array.isArray(value)) throw new TypeError('a list was expected');
  if (value.length === 0) addNulls(node.leaves, node.definition, repetition, buffers);
  (value as ParquetValue[]).forEach((item, index) =>
    shred(node.element, item, index === 0 ? repetition : node.repetition, buffers),
  );
}

function shredMap(node: MapNode, value: ParquetValue, repetition: number, buffers: readonly ColumnBuffer[]): void {
  if (!(value instanceof Map)) throw new TypeError('a map was expected');
  if (value.size === 0) addNulls(node.leaves, node.definition, repetition, buffers);
  let level = repetition;
  for (const [key, text] of value as Map<string, string | null>) {
    buffers[node.key.index]?.add(key, level);
    shredLeaf(node.value, text, level, buffers);
    level = node.repetition;
  }
}

function addNulls(
  leaves: readonly LeafNode[],
  definition: number,
  repetition: number,
  buffers: readonly ColumnBuffer[],
): void {
  for (const { index } of leaves) buffers[index]?.addNull(definition, repetition);
}
