import { batchKey, type BatchOfCourse, type BatchStates } from '@scorekeep/core/domain-content-state';

export interface BatchStatesUnderTest {
  readonly states: BatchStates;
  /** Writes a batch; with null its column is empty. */
  readonly add: (batch: BatchOfCourse, status: number | null) => Promise<void>;
}

/** What every `BatchStates` promises. */
export function describeBatchStates(name: string, create: () => BatchStatesUnderTest): void {
  describe(`${name} as BatchStates`, () => {
    it('gives the states of the batches asked for that are known, each by course and batch', async () => {
      const { states, add } = create();
      const ongoing = { courseId: 'course', batchId: 'ongoing' };
      const ended = { courseId: 'course', batchId: 'ended' };
      const stateless = { courseId: 'course', batchId: 'stateless' };
      await add(ongoing, 1);
      await add(ended, 2);
      await add(stateless, null);
      await add({ courseId: 'course', batchId: 'not asked for' }, 1);
      const unknown = { courseId: 'other', batchId: 'ongoing' };
      expect(await states.of([ongoing, ended, stateless, unknown, ongoing])).toEqual(
        new Map([
          [batchKey(ongoing), 1],
          [batchKey(ended), 2],
          [batchKey(stateless), null],
        ]),
      );
      expect(await states.of([])).toEqual(new Map());
    });
  });
}
