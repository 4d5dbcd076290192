interface Position {
  readonly topic: string;
  readonly partition: number;
  /** Everything before this offset is finished. */
  readonly reached: bigint;
  readonly committed: bigint | undefined;
}

/** An offset that has to be committed: the first that is not finished. */
export interface OutstandingOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** How far the consumer got in each partition that it was assigned, and how far that is committed. */
export class ConsumerPositions {
  private readonly positions = new Map<string, Position>();

  /** Everything before `next` is finished. */
  reach(topic: string, partition: number, next: bigint): void {
    const committed = this.positions.get(keyOf(topic, partition))?.committed;
    this.positions.set(keyOf(topic, partition), { topic, partition, reached: next, committed });
  }

  /** The brokers have acknowledged the commit of `next`. */
  acknowledge(topic: string, partition: number, next: bigint): void {
    const known = this.positions.get(keyOf(topic, partition));
    if (known !== undefined) this.positions.set(keyOf(topic, partition), { ...known, committed: next });
  }

  outstanding(): readonly OutstandingOffset[] {
    return [...this.positions.values()]
      .filter(({ reached, committed }) => reached !== committed)
      .map(({ topic, partition, reached }) => ({ topic, partition, offset: reached.toString() }));
  }

  /** After an assignment: other consumers may have moved on meanwhile. */
  forget(): void {
    this.positions.clear();
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
