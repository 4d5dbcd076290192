import { type LeafNode, type LeafType } from './column-tree';
import { GrowingBytes } from './growing-bytes';
import { LevelRuns } from './level-runs';

type ValueWriter = (bytes: GrowingBytes, value: unknown) => void;

const WRITERS: Readonly<Record<LeafType, ValueWriter>> = {
  text: (bytes, value) => bytes.text(of('string', value)),
  double: (bytes, value) => bytes.double(of('number', value)),
  integer: (bytes, value) => bytes.int64(whole(value)),
  timestamp: (bytes, value) => bytes.int64(whole(value)),
};

/** The values of one leaf until its row group is written. */
export class ColumnBuffer {
  private readonly values = new GrowingBytes();
  private readonly definitions = new LevelRuns();
  private readonly repetitions = new LevelRuns();
  private readonly write: ValueWriter;
  private count = 0;

  constructor(private readonly leaf: LeafNode) {
    this.write = WRITERS[leaf.type];
  }

  get valueCount(): number {
    return this.count;
  }

  get bytes(): number {
    return this.values.length + this.definitions.bytes + this.repetitions.bytes;
  }

  add(value: unknown, repetition: number): void {
    this.write(this.values, value);
    this.addLevels(this.leaf.definition, repetition);
  }

  /** @param definition how much of what is around the value is there */
  addNull(definition: number, repetition: number): void {
    this.addLevels(definition, repetition);
  }

  /** The content of a data page; then begins anew. */
  takePage(): Buffer {
    const repetitions = this.leaf.repetition > 0 ? [this.repetitions.take()] : [];
    const page = Buffer.concat([...repetitions, this.definitions.take(), this.values.copy()]);
    this.values.clear();
    this.count = 0;
    return page;
  }

  private addLevels(definition: number, repetition: number): void {
    this.definitions.add(definition);
    if (this.leaf.repetition > 0) this.repetitions.add(repetition);
    this.count += 1;
  }
}

function of<Kind extends 'string' | 'number'>(kind: Kind, value: unknown): Kind extends 'string' ? string : number {
  if (typeof value !== kind) throw new TypeError(`a ${kind} was expected, not a ${typeof value}`);
  return value as Kind extends 'string' ? string : number;
}

function whole(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new TypeError('a whole number was expected');
  return value as number;
}
