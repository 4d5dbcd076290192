import { type CourseBatch, type CourseBatches } from '@scorekeep/core/domain-exhaust';

export interface CourseBatchesUnderTest {
  readonly batches: CourseBatches;
  /** Writes a batch; without a name its column is empty. */
  readonly add: (batch: CourseBatch, name?: string) => Promise<void>;
}

/** What every implementation of `CourseBatches` does. */
export function describeCourseBatches(name: string, create: () => Promise<CourseBatchesUnderTest>): void {
  describe(`${name} as CourseBatches`, () => {
    let subject: CourseBatchesUnderTest;

    beforeEach(async () => {
      subject = await create();
    });

    it('knows the names of batches by course and batch', async () => {
      await subject.add({ courseId: 'course', batchId: 'b1' }, 'Autumn, "first"');
      await subject.add({ courseId: 'other', batchId: 'b1' }, 'Spring');
      expect(await subject.batches.nameOf({ courseId: 'course', batchId: 'b1' })).toBe('Autumn, "first"');
      expect(await subject.batches.nameOf({ courseId: 'other', batchId: 'b1' })).toBe('Spring');
    });

    it('has no name for an unknown batch or one without', async () => {
      await subject.add({ courseId: 'course', batchId: 'nameless' });
      expect(await subject.batches.nameOf({ courseId: 'course', batchId: 'nameless' })).toBeUndefined();
      expect(await subject.batches.nameOf({ courseId: 'course', batchId: 'unknown' })).toBeUndefined();
    });
  });
}
