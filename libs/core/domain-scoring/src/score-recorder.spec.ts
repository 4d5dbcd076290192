import { anEntry, InMemoryScoreBook, learner } from '@scorekeep/core/testing-core';
import { type AttemptScore } from './attempt-score';
import { type LearnerInBatch } from './identity';
import { type ScoreBook, type ScoreChanges } from './score-book.port';
import { recordScores } from './score-recorder';

/** Lets another writer in between this writer's write and its next read. */
class InterruptedScoreBook extends InMemoryScoreBook {
  constructor(private readonly interruptions: ((book: InMemoryScoreBook) => Promise<void>)[]) {
    super();
  }

  override async write(learner: LearnerInBatch, changes: ScoreChanges): Promise<void> {
    await super.write(learner, changes);
    const interruption = this.interruptions.shift();
    if (interruption) await interruption(this);
  }
}

const record = async (book: ScoreBook, entries: AttemptScore[], nowMs = 1000) =>
  recordScores({ book, nowMs: () => nowMs }, learner, await book.read(learner), { entries });

const scoreOf = async (book: ScoreBook): Promise<number | undefined> =>
  (await book.read(learner)).aggregates.get('score:do_content');

describe('recordScores', () => {
  it('writes entries and the metrics that follow', async () => {
    const book = new InMemoryScoreBook();
    expect(await record(book, [anEntry({ score: 4 })])).toMatchObject({ kind: 'recorded' });
    expect((await book.read(learner)).aggregates).toEqual(
      new Map([
        ['score:do_content', 4],
        ['max_score:do_content', 10],
        ['attempts_count:do_content', 1],
      ]),
    );
  });

  it('completes metrics that a killed writer left undone', async () => {
    const book = new InMemoryScoreBook();
    await book.write(learner, { entries: [anEntry({ score: 4 })] });
    await record(book, []);
    expect(await scoreOf(book)).toBe(4);
  });

  it('writes nothing when all is said', async () => {
    const book = new InMemoryScoreBook();
    await record(book, [anEntry()]);
    book.write = () => Promise.reject(new Error('written'));
    expect(await record(book, [anEntry()])).toMatchObject({ kind: 'recorded' });
  });

  it('puts right what another writer under a clock ahead wrote without seeing this entry', async () => {
    const other = anEntry({ attemptId: 'other', score: 3 });
    const book = new InterruptedScoreBook([
      async (shared) => {
        const values = new Map([
          ['score:do_content', 3],
          ['attempts_count:do_content', 1],
        ]);
        shared.seedLegacy(learner, { aggregates: values, writeTimeUs: 99_000_000_000n });
        await InMemoryScoreBook.prototype.write.call(shared, learner, { entries: [other] });
      },
    ]);
    await record(book, [anEntry({ score: 4 })], 1000);
    expect((await book.read(learner)).aggregates).toEqual(
      new Map([
        ['score:do_content', 4],
        ['max_score:do_content', 10],
        ['attempts_count:do_content', 2],
      ]),
    );
  });

  it('says when a smaller version was put above its own', async () => {
    const book = new InMemoryScoreBook();
    const mine = anEntry({ writeTimeUs: 100n });
    await book.write(learner, { entries: [anEntry({ writeTimeUs: 100n, version: { ...mine.version, timeMs: 1 } })] });
    expect(await record(book, [mine])).toEqual({ kind: 'overtaken' });
  });

  it('leaves a greater version of another writer', async () => {
    const book = new InMemoryScoreBook();
    const greater = anEntry({ score: 9, writeTimeUs: 500n, version: { ...anEntry().version, digest: 'z' } });
    await book.write(learner, { entries: [greater] });
    await record(book, [anEntry({ score: 4, writeTimeUs: 100n })]);
    expect([...(await book.read(learner)).attempts.values()]).toEqual([greater]);
    expect(await scoreOf(book)).toBe(9);
  });

  it('gives up, losing nothing, when others never stop', async () => {
    const fiddle = async (shared: InMemoryScoreBook): Promise<void> => {
      const aggregates = new Map([['score:do_content', Math.PI]]);
      const { aggregatesWriteTimeUs } = await shared.read(learner);
      shared.seedLegacy(learner, { aggregates, writeTimeUs: aggregatesWriteTimeUs + 5n });
    };
    const book = new InterruptedScoreBook(Array.from({ length: 50 }, () => fiddle));
    expect(await record(book, [anEntry()])).toEqual({ kind: 'contended' });
    expect((await book.read(learner)).attempts.size).toBe(1);
  });
});
