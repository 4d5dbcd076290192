import { type BatchOwnership, type CourseBatch } from '@scorekeep/core/domain-exhaust';

export interface BatchOwnershipUnderTest {
  readonly ownership: BatchOwnership;
  /** @param organisations none: nobody knows whose it is */
  readonly add: (batch: CourseBatch, ...organisations: readonly string[]) => Promise<void>;
  /** Called after the last test. */
  readonly close?: () => Promise<void>;
}

/** What every BatchOwnership does. */
export function describeBatchOwnership(name: string, create: () => Promise<BatchOwnershipUnderTest>): void {
  describe(`${name} keeps the contract of BatchOwnership:`, () => {
    let subject: BatchOwnershipUnderTest;

    beforeAll(async () => {
      subject = await create();
      await subject.add({ courseId: 'do_1', batchId: 'batch-1' }, 'org-1', 'org-2');
      await subject.add({ courseId: 'do_1', batchId: 'batch-2' });
    });
    afterAll(async () => subject.close?.());

    it.each([
      { batch: { courseId: 'do_1', batchId: 'batch-1' }, known: true, organisations: ['org-1', 'org-2'] },
      { batch: { courseId: 'do_1', batchId: 'batch-2' }, known: true, organisations: [] },
      { batch: { courseId: 'do_1', batchId: 'batch-3' }, known: false, organisations: [] },
      { batch: { courseId: 'do_2', batchId: 'batch-1' }, known: false, organisations: [] },
    ])('$batch', async ({ batch, known, organisations }) => {
      await expect(subject.ownership.knows(batch)).resolves.toBe(known);
      await expect(subject.ownership.organisationsOf(batch)).resolves.toEqual(new Set(organisations));
    });
  });
}
