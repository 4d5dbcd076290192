import { BatchOwnership, type CourseBatch } from '@scorekeep/core/domain-exhaust';

/** Batches and their organisations in memory. */
export class InMemoryBatchOwnership extends BatchOwnership {
  private readonly batches = new Map<string, ReadonlySet<string>>();

  /** @param organisations none: there is such a batch, but nobody knows whose it is */
  add(batch: CourseBatch, ...organisations: readonly string[]): void {
    this.batches.set(nameOf(batch), new Set(organisations));
  }

  async knows(batch: CourseBatch): Promise<boolean> {
    return this.batches.has(nameOf(batch));
  }

  async organisationsOf(batch: CourseBatch): Promise<ReadonlySet<string>> {
    return this.batches.get(nameOf(batch)) ?? new Set();
  }
}

function nameOf({ courseId, batchId }: CourseBatch): string {
  return JSON.stringify([courseId, batchId]);
}
