import {
  type Answer,
  answersOf,
  type AttemptRows,
  type LearnerInBatch,
  type PackedAnswers,
  type StorageLayout,
  type StoredAttempt,
} from '@scorekeep/core/domain-scoring';
import { anAnswer, aRow } from './attempts.builder';
import { packedInMemory } from './packed-in-memory';

let counter = 0;
const someLearner = (): LearnerInBatch => {
  counter += 1;
  return { userId: `rows-learner-${counter}`, courseId: 'do_course', batchId: 'batch-1' };
};

const answers = [
  anAnswer({ questionId: 'q1', score: 0.33, description: '', title: null, resvalues: [], durationSeconds: 1.5 }),
  anAnswer({ questionId: 'q2', score: -1, type: null, params: [new Map([['a', 'é\n"']]), new Map()] }),
];

type Pack = (answers: readonly Answer[]) => Promise<PackedAnswers>;

/** What every `AttemptRows` promises, in the layout it was made for. @param pack answers in the form that it stores */
export function describeAttemptRows(
  name: string,
  layout: StorageLayout,
  create: () => AttemptRows,
  pack: Pack = (unpacked) => Promise.resolve(packedInMemory(unpacked)),
): void {
  const rowOf = (learner: LearnerInBatch, attemptId: string, sketch = {}): StoredAttempt => ({
    ...aRow({ attemptId, answers, ...sketch }, layout),
    ...learner,
  });

  describe(`${name} as AttemptRows (${layout})`, () => {
    it('gives back a row as it was written, with its write time', async () => {
      const rows = create();
      const learner = someLearner();
      const row = rowOf(learner, 'attempt-1');
      await rows.write(row, 1_700_000_000_000_123n);
      expect(await rows.find(learner, [row])).toEqual([{ ...row, writeTimeUs: 1_700_000_000_000_123n }]);
    });

    it('writes packed answers as it writes the answers themselves', async () => {
      const rows = create();
      const learner = someLearner();
      await rows.write(rowOf(learner, 'attempt-1'), 1_700_000_000_000_123n);
      const row = rowOf(learner, 'attempt-2');
      const packed = await pack(row.answers);
      expect(answersOf(packed)).toEqual(row.answers);
      await rows.write({ ...row, answers: packed }, 1_700_000_000_000_123n);
      expect(await rows.find(learner, [row])).toEqual([{ ...row, writeTimeUs: 1_700_000_000_000_123n }]);
    });

    it('finds only what was asked for and is there', async () => {
      const rows = create();
      const learner = someLearner();
      for (const id of ['a', 'b']) await rows.write(rowOf(learner, id), 10n);
      const found = await rows.find(learner, [rowOf(learner, 'b'), rowOf(learner, 'missing')]);
      expect(found.map(({ attemptId }) => attemptId)).toEqual(['b']);
    });

    it('gives all rows of one learner and batch', async () => {
      const rows = create();
      const learner = someLearner();
      for (const id of ['a', 'b', 'c']) await rows.write(rowOf(learner, id), 10n);
      await rows.write({ ...rowOf(learner, 'd'), batchId: 'other' }, 10n);
      expect((await rows.ofLearner(learner)).map(({ attemptId }) => attemptId).sort()).toEqual(['a', 'b', 'c']);
    });

    it('replaces the whole row, answers too, by a later write and ignores an earlier one', async () => {
      const rows = create();
      const learner = someLearner();
      const later = rowOf(learner, 'x', { answers: [anAnswer({ questionId: 'q9' })] });
      await rows.write(rowOf(learner, 'x'), 100n);
      await rows.write(later, 200n);
      await rows.write(rowOf(learner, 'x'), 150n);
      expect(await rows.find(learner, [later])).toEqual([{ ...later, writeTimeUs: 200n }]);
    });

    it('reads a row written twice at one time as written once', async () => {
      const rows = create();
      const learner = someLearner();
      const row = rowOf(learner, 'twice');
      await rows.write(row, 100n);
      await rows.write(row, 100n);
      expect(await rows.find(learner, [row])).toEqual([{ ...row, writeTimeUs: 100n }]);
    });
  });
}
