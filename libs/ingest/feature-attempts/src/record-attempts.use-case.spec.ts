import fc from 'fast-check';
import {
  aggregatesOf,
  answersOf,
  answersToStore,
  type AttemptEvent,
  attemptKey,
  compareVersions,
  metricsOf,
  scoreOfRow,
  type StoredAttempt,
  versionOf,
} from '@scorekeep/core/domain-scoring';
import {
  anAnswer,
  anAttemptEvent,
  aRow,
  InMemoryAttemptRows,
  InMemoryScoreBook,
  learner,
} from '@scorekeep/core/testing-core';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { type IngestOptions } from './ingest-options';
import { RecordAttempts } from './record-attempts.use-case';

const options: IngestOptions = {
  layout: 'unified',
  maxAttempts: 5,
  aggDetailsTimeZone: 'UTC',
  topicPrefix: 'test',
  nowMs: () => 1_800_000_000_000,
};

class Killed extends Error {}

/** Throws at the n-th write to either port, before or after it took effect: where a kill −9 may hit. */
function killedAt(book: InMemoryScoreBook, rows: InMemoryAttemptRows, fatalWrite: number, afterEffect: boolean) {
  let writes = 0;
  const guarded = async (write: () => Promise<void>): Promise<void> => {
    writes += 1;
    if (writes === fatalWrite && !afterEffect) throw new Killed();
    await write();
    if (writes === fatalWrite) throw new Killed();
  };
  return new RecordAttempts(
    {
      read: (who) => book.read(who),
      write: (who, changes) => guarded(() => book.write(who, changes)),
      holds: (who, expected) => book.holds(who, expected),
    },
    {
      find: (who, attempts) => rows.find(who, attempts),
      ofLearner: (who) => rows.ofLearner(who),
      write: (row, time) => guarded(() => rows.write(row, time)),
    },
    options,
  );
}

/** What must be there in the end: of each attempt the greatest version, created when it was first seen. */
function model(events: readonly AttemptEvent[]): Map<string, { event: AttemptEvent; createdOnMs: number }> {
  const attempts = new Map<string, { event: AttemptEvent; createdOnMs: number }>();
  const version = ({ time, answers }: AttemptEvent) => versionOf(time.timeMs, answersOf(answers), shortDigest);
  for (const event of events) {
    const key = attemptKey(event.attempt);
    const known = attempts.get(key);
    const greater = !known || compareVersions(version(event), version(known.event)) > 0 ? event : known.event;
    attempts.set(key, { event: greater, createdOnMs: Math.min(event.time.recordMs, known?.createdOnMs ?? Infinity) });
  }
  return attempts;
}

const someEvent: fc.Arbitrary<AttemptEvent> = fc
  .record({
    attemptId: fc.constantFrom('x', 'y'),
    contentId: fc.constantFrom('c', 'd'),
    timeMs: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_002 }),
    recordMs: fc.integer({ min: 1_700_000_100_000, max: 1_700_000_100_009 }),
    answers: fc.array(
      fc
        .record({
          questionId: fc.constantFrom('p', 'q'),
          etsMs: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_040 }),
          score: fc.nat(3),
        })
        .map(anAnswer),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map((sketch) => anAttemptEvent({ ...sketch, answers: answersToStore(sketch.answers, 'unified') }));

async function expectModel(
  book: InMemoryScoreBook,
  rows: InMemoryAttemptRows,
  events: readonly AttemptEvent[],
): Promise<void> {
  const expected = model(events);
  const scores = await book.read(learner);
  const live = await rows.ofLearner(learner);
  expect(live.map(attemptKey).sort()).toEqual([...expected.keys()].sort());
  for (const row of live) {
    const { event, createdOnMs } = expected.get(attemptKey(row)) ?? {};
    const entry = scores.attempts.get(attemptKey(row));
    expect(row).toMatchObject({ lastAttemptedOnMs: event?.time.timeMs, createdOnMs });
    expect(entry).toEqual({
      ...scoreOfRow(row, shortDigest),
      version: versionOf(event?.time.timeMs ?? 0, answersOf(event?.answers ?? []), shortDigest),
    });
  }
  const aggregates = aggregatesOf(metricsOf(scores.attempts.values()));
  expect(new Map([...scores.aggregates].sort())).toEqual(new Map([...aggregates].sort()));
}

const inChunks = (events: readonly AttemptEvent[], size: number): AttemptEvent[][] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, index) => events.slice(index * size, (index + 1) * size));

describe('RecordAttempts', () => {
  it('ends at the model, in whatever order, repetition and micro-batches events come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someEvent, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (events, size, twice) => {
          const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
          const record = new RecordAttempts(book, rows, options);
          for (const chunk of inChunks(twice ? [...events, ...[...events].reverse()] : events, size))
            await record.execute(learner, chunk, true);
          await expectModel(book, rows, events);
        },
      ),
    );
  });

  it('ends at the model when it is killed at any write and its records come again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someEvent, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean()), { maxLength: 4 }),
        async (events, size, kills) => {
          const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
          for (const chunk of inChunks(events, size)) {
            for (const [fatalWrite, afterEffect] of kills) {
              await killedAt(book, rows, fatalWrite, afterEffect)
                .execute(learner, chunk, true)
                .catch((error: unknown) => {
                  if (!(error instanceof Killed)) throw error;
                });
            }
            await new RecordAttempts(book, rows, options).execute(learner, chunk, true);
          }
          await expectModel(book, rows, events);
          for (const row of rows.all())
            expect(new Set(row.answers.map((each) => each.questionId)).size).toBe(row.answers.length);
        },
      ),
    );
  });

  it('writes a row again above a write whose outcome is unknown', async () => {
    const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
    const times: bigint[] = [];
    const flaky = new InMemoryAttemptRows();
    flaky.write = async (row: StoredAttempt, time: bigint) => {
      times.push(time);
      if (times.length === 1) throw new Error('timed out');
      await rows.write(row, time);
    };
    const record = new RecordAttempts(book, flaky, options);
    await expect(record.execute(learner, [anAttemptEvent()], true)).rejects.toThrow('timed out');
    await record.execute(learner, [anAttemptEvent()], true);
    expect(times[1]).toBe((times[0] ?? 0n) + 1n);
  });

  it('keeps best score and count when attempts were archived and deleted', async () => {
    const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
    const record = new RecordAttempts(book, rows, options);
    await record.execute(learner, [anAttemptEvent({ attemptId: 'best', score: 9 })], true);
    for (const row of rows.all()) rows.delete(row, row.writeTimeUs);
    const { scores } = await record.execute(
      learner,
      [anAttemptEvent({ attemptId: 'worse', score: 2, timeMs: 1_700_000_500_000 })],
      true,
    );
    expect(scores.aggregates.get('score:do_content')).toBe(9);
    expect(scores.aggregates.get('attempts_count:do_content')).toBe(2);
  });

  it('does not write a deleted row again when its event comes again', async () => {
    const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
    const record = new RecordAttempts(book, rows, options);
    await record.execute(learner, [anAttemptEvent()], true);
    for (const row of rows.all()) rows.delete(row, row.writeTimeUs);
    const { verdicts } = await record.execute(learner, [anAttemptEvent()], true);
    expect(verdicts).toEqual(['repeated']);
    expect(rows.all()).toEqual([]);
  });

  it('writes a greater version of a deleted row above its tombstone', async () => {
    const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
    const record = new RecordAttempts(book, rows, options);
    const legacy = { ...aRow({ score: 3 }), ...learner };
    await rows.write(legacy, 1_790_000_000_000_000n);
    await record.execute(learner, [], true);
    rows.delete(legacy, 1_790_000_000_000_000n);
    await record.execute(learner, [anAttemptEvent({ timeMs: 1_700_000_000_500, score: 1 })], true);
    expect(rows.all()).toMatchObject([{ totalScore: 1 }]);
  });

  it('fills in what the reference scored before the first entry', async () => {
    const [book, rows] = [new InMemoryScoreBook(), new InMemoryAttemptRows()];
    await rows.write({ ...aRow({ attemptId: 'old', score: 3 }), ...learner }, 5n);
    book.seedLegacy(learner, {
      aggregates: new Map([
        ['score:do_content', 8],
        ['max_score:do_content', 10],
        ['attempts_count:do_content', 3],
        ['completedCount', 4],
      ]),
    });
    const { scores } = await new RecordAttempts(book, rows, options).execute(
      learner,
      [anAttemptEvent({ score: 1 })],
      true,
    );
    expect(scores.filled).toBe(true);
    expect(Object.fromEntries(scores.aggregates)).toEqual({
      'score:do_content': 8,
      'max_score:do_content': 10,
      'attempts_count:do_content': 4,
      completedCount: 4,
    });
  });

  it('refuses attempts beyond the most that a learner may have, but not events of known ones', async () => {
    const record = new RecordAttempts(new InMemoryScoreBook(), new InMemoryAttemptRows(), options);
    const attempts = ['a', 'b', 'c', 'd', 'e', 'f'].map((attemptId) => anAttemptEvent({ attemptId }));
    const { verdicts } = await record.execute(learner, attempts, true);
    expect(verdicts).toEqual([...Array<string>(5).fill('accepted'), 'too many attempts']);
    const again = anAttemptEvent({ attemptId: 'a', timeMs: 1_700_000_900_000 });
    expect((await record.execute(learner, [again], true)).verdicts).toEqual(['accepted']);
  });

  it('recomputes metrics without events', async () => {
    const book = new InMemoryScoreBook();
    const rows = new InMemoryAttemptRows();
    await rows.write({ ...aRow({ score: 3 }), ...learner }, 5n);
    const { scores } = await new RecordAttempts(book, rows, options).execute(learner, [], true);
    expect(scores.aggregates.get('score:do_content')).toBe(3);
  });
});
