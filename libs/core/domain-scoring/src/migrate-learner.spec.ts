import { aRow, InMemoryAttemptRows, InMemoryScoreBook, learner } from '@scorekeep/core/testing-core';
import { archivedCopy } from './archived-attempt';
import { attemptKey } from './identity';
import { migrateLearner } from './migrate-learner';
import { type AttemptRows } from './attempt-rows.port';

const digest = (text: string): string => `d${text.length}`;
const row = (attemptId: string, score: number) => ({ ...aRow({ attemptId, score }), ...learner });
const listed = (attemptId: string, score: number): string =>
  JSON.stringify({
    attempt_id: attemptId,
    content_id: 'do_content',
    score,
    max_score: 10,
    attempted_on: 1_600_000_000,
  });
const metrics = (score: number, count: number) =>
  new Map([
    ['score:do_content', score],
    ['max_score:do_content', 10],
    ['attempts_count:do_content', count],
    ['completedCount', 3],
  ]);

describe('migrateLearner', () => {
  let book: InMemoryScoreBook;
  let rows: InMemoryAttemptRows;
  const migrate = (given: Partial<Parameters<typeof migrateLearner>[2]> = {}, port: AttemptRows = rows) => {
    const sources = { book, rows: port, nowMs: () => 1_800_000_000_000, aggDetailsTimeZone: 'UTC' };
    return migrateLearner(sources, learner, { archived: [], rows: [], ...given }, digest);
  };
  const stored = async () => {
    const { attempts, aggregates } = await book.read(learner);
    return {
      attempts: Object.fromEntries([...attempts].map(([key, { score }]) => [key, score])),
      ...Object.fromEntries(aggregates),
    };
  };
  beforeEach(() => {
    book = new InMemoryScoreBook();
    rows = new InMemoryAttemptRows();
  });

  it('joins rows, list and archive; repeated, it changes nothing', async () => {
    await rows.write(row('live', 4), 50n);
    book.seedLegacy(learner, { aggregates: metrics(9, 4), aggDetails: [listed('listed', 2)] });
    const archived = [row('old-1', 9), row('old-2', 1)].map((each) => archivedCopy(each, undefined, digest));
    expect(await migrate({ archived })).toMatchObject({ kind: 'migrated', changed: true, conflicts: [] });
    const keys = ['live', 'listed', 'old-1', 'old-2'].map((attemptId) =>
      attemptKey({ contentId: 'do_content', attemptId }),
    );
    const wanted = {
      attempts: Object.fromEntries(keys.map((key, index) => [key, [4, 2, 9, 1][index]])),
      ...Object.fromEntries(metrics(9, 4)),
    };
    expect(await stored()).toEqual(wanted);
    expect(await migrate({ archived })).toMatchObject({ kind: 'migrated', changed: false });
    expect(await stored()).toEqual(wanted);
  });

  it('keeps metrics of attempts that are nowhere, until the archive is there', async () => {
    book.seedLegacy(learner, { aggregates: metrics(9, 2) });
    await migrate();
    expect(await stored()).toMatchObject(Object.fromEntries(metrics(9, 2)));
    await migrate({
      archived: [row('old-1', 9), row('old-2', 1)].map((each) => archivedCopy(each, undefined, digest)),
    });
    expect((await book.read(learner)).attempts.size).toBe(2);
    expect(await stored()).toMatchObject(Object.fromEntries(metrics(9, 2)));
  });

  it('adds a row that its entry does not know', async () => {
    await migrate();
    await rows.write(row('late', 4), 50n);
    expect(await migrate({ rows: [{ contentId: 'do_content', attemptId: 'late', writeTimeUs: 50n }] })).toMatchObject({
      changed: true,
    });
    expect(await stored()).toMatchObject({ 'attempts_count:do_content': 1 });
  });

  it('asks for no row when all that were seen are known', async () => {
    await rows.write(row('live', 4), 50n);
    await migrate();
    const silent = { ofLearner: async () => Promise.reject(new Error('asked')) } as unknown as AttemptRows;
    const seen = [{ contentId: 'do_content', attemptId: 'live', writeTimeUs: 50n }];
    expect(await migrate({ rows: seen }, silent)).toMatchObject({ changed: false });
  });

  it('takes a smaller version that was written later for a later write only', async () => {
    await rows.write(row('live', 4), 50n);
    await migrate();
    rows.delete(row('live', 4), 50n);
    await rows.write({ ...row('live', 9), lastAttemptedOnMs: 1 }, 70n);
    await migrate({ rows: [{ contentId: 'do_content', attemptId: 'live', writeTimeUs: 70n }] });
    const [entry] = [...(await book.read(learner)).attempts.values()];
    expect(entry).toMatchObject({ score: 4, writeTimeUs: 70n });
  });

  it('puts metrics right that are not those of the attempts', async () => {
    await rows.write(row('live', 4), 50n);
    await migrate();
    await book.write(learner, {
      entries: [],
      metrics: { values: metrics(1, 1), writeTimeUs: 2_000_000_000_000_000n, changedOnMs: 1 },
    });
    expect(await migrate()).toMatchObject({ changed: true });
    expect(await stored()).toMatchObject(Object.fromEntries(metrics(4, 1)));
  });

  it('gives up while others keep changing the learner', async () => {
    await rows.write(row('live', 4), 50n);
    book.holds = async () => false;
    const read = book.read.bind(book);
    let count = 100;
    book.read = async (of) => {
      count += 1;
      await book.write(of, {
        entries: [],
        metrics: { values: metrics(count, count), writeTimeUs: 2_000_000_000_000_000n + BigInt(count), changedOnMs: 1 },
      });
      return read(of);
    };
    expect(await migrate()).toEqual({ kind: 'contended' });
  });
});
