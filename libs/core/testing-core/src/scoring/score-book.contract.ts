import { entryKey, type LearnerInBatch, type ScoreBook } from '@scorekeep/core/domain-scoring';
import { anEntry } from './attempts.builder';

let counter = 0;
const someLearner = (): LearnerInBatch => {
  counter += 1;
  return { userId: `learner ${counter} é`, courseId: 'do_course', batchId: `batch-${counter}` };
};

/** What every `ScoreBook` promises. */
export function describeScoreBook(name: string, create: () => ScoreBook): void {
  describe(`${name} as a ScoreBook`, () => {
    it('knows nothing of a learner without a row', async () => {
      const scores = await create().read(someLearner());
      expect(scores).toMatchObject({
        filled: false,
        certificateState: null,
        aggregatesWriteTimeUs: 0n,
        aggDetails: [],
      });
      expect(scores.attempts.size + scores.aggregates.size + scores.legacyAggregates.size).toBe(0);
    });

    it('gives back entries, marker, metrics and certificate state as they were written', async () => {
      const book = create();
      const learner = someLearner();
      const entry = anEntry({ attemptId: 'a:1/ü', score: 1.5 });
      const placeholder = anEntry({ attemptId: '1', placeholder: true, writeTimeUs: 1n });
      const values = new Map([['score:do_content', 1.5]]);
      await book.write(learner, {
        entries: [entry, placeholder],
        markFilled: true,
        metrics: { values, writeTimeUs: 42_000_000n, changedOnMs: 42_000 },
        certificate: { state: 'state', writeTimeUs: 7n },
      });
      const scores = await book.read(learner);
      expect(scores.attempts).toEqual(new Map([entry, placeholder].map((each) => [entryKey(each), each])));
      expect(scores).toMatchObject({ filled: true, certificateState: 'state', aggregatesWriteTimeUs: 42_000_000n });
      expect(scores.certificateStateTimeUs).toBe(7n);
      expect(scores.aggregates).toEqual(values);
    });

    it.each([
      ['the later one comes last', [1n, 2n]],
      ['the later one comes first', [2n, 1n]],
    ])('keeps of two writes of an entry the one with the later write time when %s', async (_, times) => {
      const book = create();
      const learner = someLearner();
      for (const time of times)
        await book.write(learner, { entries: [anEntry({ writeTimeUs: time, score: Number(time) })] });
      const [entry] = [...(await book.read(learner)).attempts.values()];
      expect(entry).toEqual(anEntry({ writeTimeUs: 2n, score: 2 }));
    });

    it('leaves a metric that was written later, and all that is not named', async () => {
      const book = create();
      const learner = someLearner();
      const write = (values: [string, number][], writeTimeUs: bigint): Promise<void> =>
        book.write(learner, { entries: [], metrics: { values: new Map(values), writeTimeUs, changedOnMs: 1 } });
      await write(
        [
          ['score:a', 5],
          ['score:b', 7],
        ],
        20n,
      );
      await write(
        [
          ['score:a', 1],
          ['score:c', 3],
        ],
        10n,
      );
      const { aggregates } = await book.read(learner);
      expect(aggregates).toEqual(
        new Map([
          ['score:a', 5],
          ['score:b', 7],
          ['score:c', 3],
        ]),
      );
    });

    it('removes placeholders, and lets whoever did not know write them again in vain', async () => {
      const book = create();
      const learner = someLearner();
      const entry = anEntry();
      const [stays, goes] = ['1', '2'].map((attemptId) => anEntry({ attemptId, placeholder: true, writeTimeUs: 1n }));
      const placeholders = [stays, goes].filter((each) => each !== undefined);
      await book.write(learner, { entries: placeholders, markFilled: true });
      await book.write(learner, { entries: [entry], removed: placeholders.slice(1) });
      await book.write(learner, { entries: placeholders });
      const { attempts } = await book.read(learner);
      expect([...attempts.values()]).toEqual(expect.arrayContaining([entry, stays]));
      expect(attempts.size).toBe(2);
    });

    it('keeps learners, courses and batches apart', async () => {
      const book = create();
      const learner = someLearner();
      await book.write(learner, { entries: [anEntry()], markFilled: true });
      for (const other of [{ userId: 'other' }, { courseId: 'other' }, { batchId: 'other' }]) {
        expect((await book.read({ ...learner, ...other })).attempts.size).toBe(0);
      }
    });
  });
}
