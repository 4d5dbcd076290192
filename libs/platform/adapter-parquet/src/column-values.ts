import { type LeafNode, type LeafType } from './column-tree';
import { LevelReader } from './level-runs';

type ValueReader = (page: Buffer, offset: number) => string | number;

const READERS: Readonly<Record<LeafType, ValueReader>> = {
  text: (page, offset) => page.toString('utf8', offset + 4, offset + 4 + page.readUInt32LE(offset)),
  double: (page, offset) => page.readDoubleLE(offset),
  integer: readInt64,
  timestamp: readInt64,
};

/** The values of one leaf in one row group, in order. @throws RangeError when the page ends too early */
export class ColumnValues {
  private readonly definitions: LevelReader;
  private readonly repetitions: LevelReader | undefined;
  private readonly read: ValueReader;
  private offset: number;

  constructor(
    private readonly leaf: LeafNode,
    private readonly page: Buffer,
  ) {
    const repetitions = leaf.repetition > 0 ? LevelReader.of(page, 0) : undefined;
    const definitions = LevelReader.of(page, repetitions?.end ?? 0);
    this.repetitions = repetitions?.levels;
    this.definitions = definitions.levels;
    this.offset = definitions.end;
    this.read = READERS[leaf.type];
  }

  /** Undefined behind the last value. */
  peekDefinition(): number | undefined {
    return this.definitions.peek();
  }

  peekRepetition(): number | undefined {
    return this.repetitions?.peek();
  }

  next(): string | number | null {
    const isThere = this.definitions.peek() === this.leaf.definition;
    this.definitions.skip();
    this.repetitions?.skip();
    return isThere ? this.nextValue() : null;
  }

  private nextValue(): string | number {
    const { page, offset } = this;
    const length = this.leaf.type === 'text' ? 4 + page.readUInt32LE(offset) : 8;
    if (offset + length > page.length) throw new RangeError('a value ends behind its page');
    this.offset += length;
    return this.read(page, offset);
  }
}

function readInt64(page: Buffer, offset: number): number {
  return page.readInt32LE(offset + 4) * 2 ** 32 + page.readUInt32LE(offset);
}
