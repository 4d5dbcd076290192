import { batchKey, type BatchOfCourse, BatchStates } from '@scorekeep/core/domain-content-state';

/** States of batches that a test writes down. */
export class InMemoryBatchStates extends BatchStates {
  private readonly states = new Map<string, number | null>();

  add(batch: BatchOfCourse, status: number | null): void {
    this.states.set(batchKey(batch), status);
  }

  override async of(batches: Iterable<BatchOfCourse>): Promise<ReadonlyMap<string, number | null>> {
    const keys = new Set([...batches].map(batchKey));
    return new Map([...this.states].filter(([key]) => keys.has(key)));
  }
}
