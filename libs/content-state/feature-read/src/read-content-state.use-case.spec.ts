import {
  aRow,
  anEntry,
  InMemoryAttemptRows,
  InMemoryContentConsumption,
  InMemoryScoreBook,
  learner,
} from '@scorekeep/core/testing-core';
import { type ContentStateOptions } from './content-state-options';
import { AttemptsOfLearner } from './attempts-of-learner.query';
import { ReadContentState } from './read-content-state.use-case';

const options: ContentStateOptions = {
  timeZone: 'UTC',
  maxListedAttempts: 25,
  aggDetailsTimeZone: 'UTC',
  nowMs: () => 1_800_000_000_000,
};

function setUp() {
  const [book, rows, consumption] = [
    new InMemoryScoreBook(),
    new InMemoryAttemptRows(),
    new InMemoryContentConsumption(),
  ];
  const read = new ReadContentState(consumption, new AttemptsOfLearner(book, rows, options), options);
  return { book, rows, consumption, read };
}

describe('ReadContentState', () => {
  it('answers from the learner’s one row of scores', async () => {
    const { book, read } = setUp();
    await book.write(learner, {
      entries: [anEntry({ score: 4 }), anEntry({ attemptId: 'b', score: 2 })],
      markFilled: true,
    });
    expect(await read.execute({ ...learner, withScores: true })).toMatchObject([
      { contentId: 'do_content', bestScore: { totalScore: 4, attemptId: 'attempt-1' }, attemptsCount: 2 },
    ]);
  });

  it('lists at most 25 attempts of a content, newest first; best score and count are over all of them', async () => {
    const { book, read } = setUp();
    const attempts = Array.from({ length: 30 }, (_, index) =>
      anEntry({
        attemptId: `attempt-${index}`,
        score: index === 0 ? 9 : 1,
        version: { timeMs: index + 1, latestEtsMs: 1, questionCount: 1, digest: 'd' },
      }),
    );
    await book.write(learner, { entries: attempts, markFilled: true });
    const [content] = await read.execute({ ...learner, withScores: true });
    expect(content?.score?.map(({ attemptId }) => attemptId)).toEqual(
      Array.from({ length: 25 }, (_, index) => `attempt-${29 - index}`),
    );
    expect(content).toMatchObject({ bestScore: { totalScore: 9, attemptId: 'attempt-0' }, attemptsCount: 30 });
  });

  it('reads no attempts unless scores are asked for', async () => {
    const { book, read } = setUp();
    book.read = () => Promise.reject(new Error('was read'));
    expect(await read.execute({ ...learner, withScores: false })).toEqual([]);
  });

  it('answers for a learner not filled in yet from rows and the reference’s metrics, and writes nothing', async () => {
    const { book, rows, read } = setUp();
    await rows.write({ ...aRow({ score: 3 }), ...learner }, 5n);
    book.seedLegacy(learner, {
      aggregates: new Map([
        ['score:do_content', 8],
        ['max_score:do_content', 10],
        ['attempts_count:do_content', 3],
      ]),
    });
    expect(await read.execute({ ...learner, withScores: true })).toMatchObject([
      { score: [{ attemptId: 'attempt-1' }], bestScore: { totalScore: 8, attemptId: '' }, attemptsCount: 3 },
    ]);
    expect((await book.read(learner)).filled).toBe(false);
  });
});
