import { type CourseBatch, CourseBatches } from '@scorekeep/core/domain-exhaust';

/** Batches that a test writes down. */
export class InMemoryCourseBatches extends CourseBatches {
  private readonly names = new Map<string, string | undefined>();

  add(batch: CourseBatch, name?: string): void {
    this.names.set(keyOf(batch), name);
  }

  override async nameOf(batch: CourseBatch): Promise<string | undefined> {
    return this.names.get(keyOf(batch));
  }
}

function keyOf({ courseId, batchId }: CourseBatch): string {
  return JSON.stringify([courseId, batchId]);
}
