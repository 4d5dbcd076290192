import { type ParquetRow, type ParquetValue } from '@scorekeep/platform/domain-storage';
import { type ColumnNode, type ColumnTree, type LeafNode } from './column-tree';
import { type ColumnValues } from './column-values';

/** The next row from the values of all leaves: the reverse of `shredRow`. */
export function assembleRow(tree: ColumnTree, values: readonly ColumnValues[]): ParquetRow {
  return tree.columns.map((node) => assemble(node, values));
}

function assemble(node: ColumnNode, values: readonly ColumnValues[]): ParquetValue {
  if (node.kind === 'leaf') return next(node, values);
  // What is around the first leaf is around all of them, so its level speaks for the node.
  const definition = firstOf(node.leaves, values)?.peekDefinition() ?? 0;
  if (definition < node.definition) return (skipOne(node.leaves, values), null);
  if (node.kind === 'struct') {
    return Object.fromEntries(node.fields.map((field) => [field.name, assemble(field, values)]));
  }
  const isEmpty = definition === node.definition;
  if (isEmpty) skipOne(node.leaves, values);
  if (node.kind === 'list') return isEmpty ? [] : items(node, values, () => assemble(node.element, values));
  const entries = isEmpty ? [] : items(node, values, () => [next(node.key, values), next(node.value, values)] as const);
  return new Map(entries as [string, string | null][]);
}

function items<Item>(
  { leaves, repetition }: { readonly leaves: readonly LeafNode[]; readonly repetition: number },
  values: readonly ColumnValues[],
  item: () => Item,
): Item[] {
  const found = [item()];
  while (firstOf(leaves, values)?.peekRepetition() === repetition) found.push(item());
  return found;
}

function firstOf([first]: readonly LeafNode[], values: readonly ColumnValues[]): ColumnValues | undefined {
  return first && values[first.index];
}

function next({ index }: LeafNode, values: readonly ColumnValues[]): string | number | null {
  return values[index]?.next() ?? null;
}

function skipOne(leaves: readonly LeafNode[], values: readonly ColumnValues[]): void {
  for (const leaf of leaves) next(leaf, values);
}
