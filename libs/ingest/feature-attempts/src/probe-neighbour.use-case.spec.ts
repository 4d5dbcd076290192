import { entryKey, type LearnerInBatch, learnerKey, type ScoreChanges } from '@scorekeep/core/domain-scoring';
import { anEntry, InMemoryAttemptRows, InMemoryScoreBook, learner } from '@scorekeep/core/testing-core';
import { ProbeNeighbour } from './probe-neighbour.use-case';

const other: LearnerInBatch = { ...learner, userId: 'other' };

async function setUp() {
  const book = new InMemoryScoreBook();
  const rows = new InMemoryAttemptRows();
  await book.write(learner, { entries: [anEntry()] });
  const probe = new ProbeNeighbour(book, rows);
  probe.remember(learner, await book.read(learner));
  return { book, rows, probe };
}

describe('ProbeNeighbour', () => {
  it('knows nobody at first', async () => {
    const probe = new ProbeNeighbour(new InMemoryScoreBook(), new InMemoryAttemptRows());
    expect(await probe.execute(new Set())).toBe(false);
  });

  it('reads and writes a neighbour, and changes nothing', async () => {
    const { book, probe } = await setUp();
    const before = await book.read(learner);
    const written: ScoreChanges[] = [];
    const write = book.write.bind(book);
    book.write = async (who, changes) => {
      written.push(changes);
      await write(who, changes);
    };
    expect(await probe.execute(new Set())).toBe(true);
    expect(written).toEqual([{ entries: [anEntry()] }]);
    expect(await book.read(learner)).toEqual(before);
  });

  it.each(['read', 'write'] as const)('finds nothing in order when the scores fail to %s', async (method) => {
    const { book, probe } = await setUp();
    Object.assign(book, { [method]: () => Promise.reject(new Error('down')) });
    expect(await probe.execute(new Set())).toBe(false);
  });

  it('finds nothing in order when rows cannot be read', async () => {
    const { rows, probe } = await setUp();
    rows.find = () => Promise.reject(new Error('down'));
    expect(await probe.execute(new Set())).toBe(false);
  });

  it('takes none of those who fail for a neighbour', async () => {
    const { book, probe } = await setUp();
    expect(await probe.execute(new Set([learnerKey(learner)]))).toBe(false);
    await book.write(other, { entries: [anEntry()] });
    probe.remember(other, await book.read(other));
    const asked: string[] = [];
    const read = book.read.bind(book);
    book.read = async (who) => {
      asked.push(who.userId);
      return read(who);
    };
    expect(await probe.execute(new Set([learnerKey(other)]))).toBe(true);
    expect(asked).toEqual([learner.userId]);
  });

  it('does not count a learner of whom there are placeholders alone', async () => {
    const book = new InMemoryScoreBook();
    const placeholder = anEntry({ attemptId: '1', placeholder: true });
    const probe = new ProbeNeighbour(book, new InMemoryAttemptRows());
    probe.remember(learner, {
      ...(await book.read(learner)),
      attempts: new Map([[entryKey(placeholder), placeholder]]),
    });
    expect(await probe.execute(new Set())).toBe(false);
  });
});
