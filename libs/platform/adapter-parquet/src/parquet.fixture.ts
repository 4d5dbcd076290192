import {
  type ParquetColumn,
  type ParquetRow,
  type ParquetType,
  type ParquetValue,
} from '@scorekeep/platform/domain-storage';
import * as fc from 'fast-check';

/** A file's columns, and rows that fit them. */
export interface TableOfRows {
  readonly columns: readonly ParquetColumn[];
  readonly rows: readonly ParquetRow[];
}

const leafTypes = ['text', 'double', 'integer', 'timestamp', 'text-map'] as const;

const { type: anyType } = fc.letrec<{ type: ParquetType }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...leafTypes),
    tie('type').map((list) => ({ list })),
    fc.array(tie('type'), { minLength: 1, maxLength: 3 }).map((types) => ({ struct: named(types) })),
  ),
}));

/** Tables of any columns. */
export const anyTable: fc.Arbitrary<TableOfRows> = fc
  .array(anyType, { minLength: 1, maxLength: 4 })
  .map(named)
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(({ type }) => valueOf(type))), { maxLength: 12 }),
    }),
  );

function named(types: readonly ParquetType[]): ParquetColumn[] {
  return types.map((type, index) => ({ name: `column_${index}`, type }));
}

// Whole characters: what is no text at all does not survive UTF-8.
const anyText = fc.string({ unit: 'grapheme', maxLength: 8 });

function valueOf(type: ParquetType): fc.Arbitrary<ParquetValue> {
  return fc.option(presentValueOf(type), { freq: 4 });
}

function presentValueOf(type: ParquetType): fc.Arbitrary<ParquetValue> {
  if (typeof type === 'object' && 'list' in type) return fc.array(valueOf(type.list), { maxLength: 3 });
  if (typeof type === 'object') {
    return fc
      .tuple(...type.struct.map(({ type: field }) => valueOf(field)))
      .map((values) => Object.fromEntries(type.struct.map(({ name }, index) => [name, values[index] ?? null])));
  }
  switch (type) {
    case 'text':
      return anyText;
    case 'double':
      return fc.double();
    case 'integer':
      return fc.maxSafeInteger();
    case 'timestamp':
      return fc.integer({ min: -8.64e15, max: 8.64e15 });
    case 'text-map':
      return fc.array(fc.tuple(anyText, fc.option(anyText)), { maxLength: 3 }).map((entries) => new Map(entries));
  }
}

export async function* asStream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
