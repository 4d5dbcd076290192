interface Partition {
  /** Records that were fetched since the assignment. */
  fetched: number;
  /** The highest offset of them. */
  highest: bigint;
}

/**
 * Tells which records somebody may have begun to handle before. A former owner of a partition has committed all but what
 * it was working on, so only the first records after an assignment can be among them, and those that come again.
 */
export class BegunRecords {
  private readonly partitions = new Map<string, Partition>();

  /** @param most how many records of a partition an owner can have begun and not committed */
  constructor(private readonly most: number) {}

  /** Partitions were assigned anew. */
  reassigned(): void {
    this.partitions.clear();
  }

  /** Called once for each record as it is fetched, in the order of a partition. */
  mayHaveBegun(topic: string, partition: number, offset: string): boolean {
    const key = `${topic}/${partition}`;
    const known = this.partitions.get(key) ?? { fetched: 0, highest: -1n };
    const comesAgain = BigInt(offset) <= known.highest;
    this.partitions.set(key, known);
    known.fetched += 1;
    if (!comesAgain) known.highest = BigInt(offset);
    return comesAgain || known.fetched <= this.most;
  }
}
