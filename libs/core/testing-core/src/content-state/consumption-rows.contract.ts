import { type ConsumptionRows, type StoredContent } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { aStoredContent } from './content-state.builder';

let counter = 0;
const someLearner = (): LearnerInBatch => {
  counter += 1;
  return { userId: `learner ${counter} é`, courseId: 'do_course', batchId: 'batch-1' };
};

/** What every `ConsumptionRows` promises. */
export function describeConsumptionRows(name: string, create: () => ConsumptionRows): void {
  describe(`${name} as ConsumptionRows`, () => {
    const full: StoredContent = {
      contentId: 'do_full',
      status: 1,
      progress: 40,
      firstProgress: 30,
      completedCount: 1,
      viewCount: 2,
      lastAccessMs: 1_600_000_000_123,
      lastCompletedMs: 1_600_000_100_000,
      completionPercentage: 87.5,
      progressDetails: '{"a":"ü"}',
      lastUpdatedMs: 1_600_000_200_001,
    };
    const bare = aStoredContent({ contentId: 'do_bare', status: 0, progress: 0, lastAccessMs: 5, lastUpdatedMs: 7 });
    const byId = (rows: readonly StoredContent[]) =>
      [...rows].sort((left, right) => (left.contentId < right.contentId ? -1 : 1));

    it('makes rows and finds them as they were written, by content, and nobody else’s', async () => {
      const rows = create();
      const learner = someLearner();
      const changes = [full, bare].map((merged) => ({ found: undefined, merged }));
      expect(await rows.replace(learner, changes)).toEqual([]);
      expect(byId(await rows.find(learner, ['do_full', 'do_none', 'do_bare', 'do_full']))).toEqual([bare, full]);
      expect(await rows.find(learner, ['do_bare'])).toEqual([bare]);
      for (const other of [{ userId: 'other' }, { courseId: 'other' }, { batchId: 'other' }]) {
        expect(await rows.find({ ...learner, ...other }, ['do_full'])).toEqual([]);
      }
    });

    it('replaces a row that is as it was found, and leaves what has no new value', async () => {
      const rows = create();
      const learner = someLearner();
      await rows.replace(learner, [{ found: undefined, merged: full }]);
      const merged = aStoredContent({
        contentId: 'do_full',
        status: 2,
        progress: 100,
        lastUpdatedMs: 1_700_000_000_000,
      });
      expect(await rows.replace(learner, [{ found: full, merged }])).toEqual([]);
      expect(await rows.find(learner, ['do_full'])).toEqual([
        { ...full, status: 2, progress: 100, lastUpdatedMs: 1_700_000_000_000 },
      ]);
    });

    it('changes nothing of what was changed meanwhile, and says which changes were not made', async () => {
      const rows = create();
      const learner = someLearner();
      const meanwhile = { ...full, progress: 60, lastUpdatedMs: 1_700_000_000_000 };
      await rows.replace(learner, [{ found: undefined, merged: full }]);
      await rows.replace(learner, [{ found: full, merged: meanwhile }]);
      const late = { found: full, merged: { ...full, progress: 50, lastUpdatedMs: 1_700_000_000_001 } };
      const neighbour = { found: undefined, merged: bare };
      expect(await rows.replace(learner, [neighbour, late])).toEqual([neighbour, late]);
      expect(await rows.find(learner, ['do_full', 'do_bare'])).toEqual([meanwhile]);
    });

    it('makes a row only where none is', async () => {
      const rows = create();
      const learner = someLearner();
      const change = { found: undefined, merged: bare };
      await rows.replace(learner, [change]);
      const late = { found: undefined, merged: { ...bare, status: 1, lastUpdatedMs: 8 } };
      expect(await rows.replace(learner, [late])).toEqual([late]);
      expect(await rows.find(learner, ['do_bare'])).toEqual([bare]);
    });

    it('takes many rows, and large ones', async () => {
      const rows = create();
      const learner = someLearner();
      const details = JSON.stringify('x'.repeat(60_000));
      const many = Array.from({ length: 300 }, (_, index) =>
        aStoredContent({
          contentId: `do_${String(index).padStart(3, '0')}`,
          status: 1,
          lastUpdatedMs: index + 1,
          ...(index === 100 ? { progressDetails: details } : {}),
        }),
      );
      expect(
        await rows.replace(
          learner,
          many.map((merged) => ({ found: undefined, merged })),
        ),
      ).toEqual([]);
      const ids = many.map(({ contentId }) => contentId);
      expect(byId(await rows.find(learner, ids))).toEqual(many);
    });

    it('writes nothing when nothing is to be changed', async () => {
      expect(await create().replace(someLearner(), [])).toEqual([]);
    });
  });
}
