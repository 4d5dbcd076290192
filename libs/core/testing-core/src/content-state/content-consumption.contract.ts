import { type ConsumedContent, type ContentConsumption } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';

export interface ContentConsumptionUnderTest {
  readonly consumption: ContentConsumption;
  readonly put: (learner: LearnerInBatch, content: ConsumedContent) => Promise<void>;
}

const learner = { userId: 'consumer', courseId: 'do_course', batchId: 'batch-1' };

const full: ConsumedContent = {
  contentId: 'do_b',
  status: 2,
  progress: 100,
  completedCount: 1,
  viewCount: 4,
  lastAccessMs: 1_600_000_000_123,
  lastCompletedMs: 1_600_000_100_000,
  completionPercentage: 87.5,
  progressDetails: '{"a":1}',
};

const bare: ConsumedContent = {
  contentId: 'do_a',
  status: 0,
  progress: null,
  completedCount: null,
  viewCount: null,
  lastAccessMs: null,
  lastCompletedMs: null,
  completionPercentage: null,
  progressDetails: null,
};

/** What every `ContentConsumption` promises. */
export function describeContentConsumption(name: string, create: () => ContentConsumptionUnderTest): void {
  describe(`${name} as ContentConsumption`, () => {
    it('gives a learner’s contents by id, as they are stored, and nobody else’s', async () => {
      const { consumption, put } = create();
      await put(learner, full);
      await put(learner, bare);
      await put({ ...learner, batchId: 'other' }, full);
      expect(await consumption.of(learner)).toEqual([bare, full]);
      expect(await consumption.of({ ...learner, userId: 'nobody' })).toEqual([]);
    });

    it('gives at least the contents asked for', async () => {
      const { consumption, put } = create();
      const asking = { ...learner, userId: 'asking' };
      await put(asking, full);
      await put(asking, bare);
      expect(await consumption.of(asking, new Set(['do_b', 'do_none']))).toContainEqual(full);
      const many = new Set(['do_a', ...Array.from({ length: 500 }, (_, index) => `do_none_${index}`)]);
      expect(await consumption.of(asking, many)).toContainEqual(bare);
    });
  });
}
