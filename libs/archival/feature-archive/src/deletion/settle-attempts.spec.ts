import { attemptKey, placeholderKey, scoreOfRow, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archiveOrder,
  aWrittenAttempt,
  InMemoryAttemptRows,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { testOptions } from '../archive-feature.fixture';
import { SettleAttempts } from './settle-attempts';

describe('SettleAttempts', () => {
  let book: InMemoryScoreBook;
  let rows: InMemoryAttemptRows;
  let settle: SettleAttempts;
  const row = aWrittenAttempt('learner');
  const entry = scoreOfRow(row, shortDigest);

  beforeEach(async () => {
    book = new InMemoryScoreBook();
    rows = new InMemoryAttemptRows();
    settle = new SettleAttempts(
      book,
      rows,
      testOptions(archiveOrder, () => archivedOnMs),
    );
  });

  const write = async (given: WrittenAttempt): Promise<void> => rows.write(given, given.writeTimeUs);
  const kept = async () => (await book.read(row)).attempts;

  it('reads the learner once, and writes nothing, when all is kept already', async () => {
    await book.write(row, { entries: [entry], markFilled: true });
    let reads = 0;
    const read = book.read.bind(book);
    book.read = async (learner) => {
      reads += 1;
      return read(learner);
    };
    book.write = async () => {
      throw new Error('must not write');
    };
    await settle.execute(row, [entry]);
    expect(reads).toBe(1);
  });

  it('keeps an attempt that ingest had not recorded yet, with its metrics', async () => {
    await book.write(row, { entries: [], markFilled: true });
    await settle.execute(row, [entry]);
    expect(await kept()).toEqual(new Map([[attemptKey(row), entry]]));
    expect(Object.fromEntries((await book.read(row)).aggregates)).toMatchObject({ 'attempts_count:do_content': 1 });
  });

  it('raises a kept version that is smaller, and a write time that is lower', async () => {
    const older = { ...entry, version: { ...entry.version, timeMs: 1 }, writeTimeUs: 1n, score: 0 };
    await book.write(row, { entries: [older], markFilled: true });
    await settle.execute(row, [entry]);
    expect((await kept()).get(attemptKey(row))).toEqual(entry);
    const later = { ...row, writeTimeUs: row.writeTimeUs + 5n };
    await settle.execute(row, [scoreOfRow(later, shortDigest)]);
    expect((await kept()).get(attemptKey(row))).toEqual({ ...entry, writeTimeUs: later.writeTimeUs });
  });

  it('leaves a kept version that is greater', async () => {
    const greater = { ...entry, version: { ...entry.version, timeMs: 9e12 }, writeTimeUs: entry.writeTimeUs + 1n };
    await book.write(row, { entries: [greater], markFilled: true });
    await settle.execute(row, [entry]);
    expect((await kept()).get(attemptKey(row))).toEqual(greater);
  });

  it('fills a learner whom the reference scored: other rows, its list, and placeholders for what it archived', async () => {
    const other = { ...row, attemptId: 'attempt-2' };
    await write(row);
    await write(other);
    const aggDetails = [
      JSON.stringify({ attempt_id: 'listed', content_id: 'do_content', score: 1, max_score: 10, attempted_on: 1e9 }),
    ];
    const aggregates = new Map([
      ['score:do_content', 9],
      ['max_score:do_content', 10],
      ['attempts_count:do_content', 4],
    ]);
    book.seedLegacy(row, { aggregates, aggDetails });
    await settle.execute(row, [entry]);
    const scores = await book.read(row);
    expect(scores.filled).toBe(true);
    expect([...scores.attempts.keys()].sort()).toEqual(
      [
        attemptKey(row),
        attemptKey(other),
        attemptKey({ ...row, attemptId: 'listed' }),
        placeholderKey('do_content', 1),
      ].sort(),
    );
    expect(Object.fromEntries(scores.aggregates)).toMatchObject(Object.fromEntries(aggregates));
    expect(scores.certificateState).not.toBeNull();
  });

  it('gives up, and keeps the rows, while a smaller version stands above the row', async () => {
    const above = {
      ...entry,
      version: { ...entry.version, timeMs: entry.version.timeMs - 1 },
      writeTimeUs: entry.writeTimeUs + 1n,
    };
    await book.write(row, { entries: [above], markFilled: true });
    await expect(settle.execute(row, [entry])).rejects.toMatchObject({
      code: 'ARCHIVE.ATTEMPTS_CONTENDED',
      retryable: true,
    });
  });
});
