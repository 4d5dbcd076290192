import fc from 'fast-check';
import {
  AFTER_ALL_MS,
  anAnswer,
  type ConsumerPlan,
  ConvergenceWorld,
  eventOf,
  type ExpectedAttempt,
  expectedAttempts,
  expectedMetrics,
  learner,
  type MicroBatchWork,
  type ProcessPorts,
  SENT_MS,
  someConsumers,
  someKill,
  someSubmissions,
  type Submission,
} from '@scorekeep/core/testing-core';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { RecordAttempts } from './record-attempts.use-case';

/** A consumer's process around `RecordAttempts`. */
function recordingProcess(layout: StorageLayout, submissions: readonly Submission[]) {
  return ({ book, rows, nowMs }: ProcessPorts): MicroBatchWork => {
    const options = { layout, maxAttempts: 100, aggDetailsTimeZone: 'UTC', topicPrefix: 'test', nowMs };
    const record = new RecordAttempts(book, rows, options);
    // as the batch runner says it: of the first records of a process, and of those that are handled again
    let mayHaveBegun = true;
    return async (indexes) => {
      const batch = indexes.flatMap((index) => submissions.slice(index, index + 1));
      const events = batch.map((submission) => eventOf(submission, nowMs(), layout));
      const begun = mayHaveBegun;
      mayHaveBegun = true;
      const { scores } = await record.execute(learner, events, begun);
      record.remember(learner, scores);
      mayHaveBegun = false;
    };
  };
}

async function expectScores(world: ConvergenceWorld, submissions: readonly Submission[]): Promise<void> {
  const expected = expectedAttempts(submissions, world.layout);
  const scores = await world.book.read(learner);
  expect([...scores.attempts.keys()].sort()).toEqual([...expected.keys()].sort());
  expect(Object.fromEntries(scores.aggregates)).toEqual(expectedMetrics(expected.values()));
  for (const [key, { score, maxScore, timeMs }] of expected) {
    expect(scores.attempts.get(key)).toMatchObject({ score, maxScore, version: { timeMs } });
  }
}

async function expectModel(world: ConvergenceWorld, submissions: readonly Submission[]): Promise<void> {
  await expectScores(world, submissions);
  const expected = expectedAttempts(submissions, world.layout);
  const scores = await world.book.read(learner);
  for (const [key, attempt] of expected) {
    const { score, maxScore, timeMs, answers, recordsMs } = attempt;
    const row = world.rows.liveRow({ ...learner, ...attempt });
    expect(row).toMatchObject({ totalScore: score, totalMaxScore: maxScore, lastAttemptedOnMs: timeMs, answers });
    const entry = scores.attempts.get(key);
    expect(entry?.writeTimeUs).toBeGreaterThanOrEqual(row?.writeTimeUs ?? 0n);
    expect(attempt.updatedOnMs).toContain(row?.updatedOnMs);
    expect(recordsMs).toContain(row?.createdOnMs);
    expect(recordsMs).toContain(entry?.createdOnMs);
    if (world.layout === 'split') expectTotals(world, attempt);
  }
}

function expectTotals(world: ConvergenceWorld, attempt: ExpectedAttempt): void {
  const { score, maxScore, timeMs } = attempt;
  const row = world.rows.totalsRow({ ...learner, ...attempt });
  expect(row).toMatchObject({ totalScore: score, totalMaxScore: maxScore, lastAttemptedOnMs: timeMs });
}

async function expectEarliestCreation(world: ConvergenceWorld, submissions: readonly Submission[]): Promise<void> {
  const { attempts } = await world.book.read(learner);
  for (const [key, attempt] of expectedAttempts(submissions, world.layout)) {
    expect(attempts.get(key)?.createdOnMs).toBe(attempt.createdOnMs);
    expect(world.rows.liveRow({ ...learner, ...attempt })?.createdOnMs).toBe(attempt.createdOnMs);
  }
}

describe.each(['unified', 'split'] as const)('RecordAttempts (%s) ends at the model', (layout) => {
  const someSubmissionsAndConsumers = (ties: boolean) =>
    someSubmissions({ layout, maxLength: 6, ties }).chain((submissions) =>
      fc.tuple(fc.constant(submissions), someConsumers(submissions.length)),
    );

  it('for any order and repetition, with ties and wrong clocks, wherever its process is killed', async () => {
    const life = fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      twice: fc.boolean(),
      kills: fc.array(someKill, { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        someSubmissions({ layout, maxLength: 10, ties: true }),
        life,
        fc.scheduler(),
        async (submissions, { size, twice, kills }, scheduler) => {
          const once = [...submissions.keys()];
          const order = twice ? [...once, ...[...once].reverse()] : once;
          const microBatches = once.map((_, index) => order.slice(index * size, (index + 1) * size));
          const rest = order.slice(once.length * size);
          const plan: ConsumerPlan = { microBatches: [...microBatches, rest], kills, clockAheadMs: 0 };
          const world = new ConvergenceWorld(layout, scheduler);
          await world.run([world.consume(plan, recordingProcess(layout, submissions))]);
          await expectModel(world, submissions);
          await expectEarliestCreation(world, submissions);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('for several consumers at once, however their requests interleave and wherever they are killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        someSubmissionsAndConsumers(false),
        fc.scheduler(),
        async ([submissions, consumers], scheduler) => {
          const world = new ConvergenceWorld(layout, scheduler);
          await world.run(consumers.map((plan) => world.consume(plan, recordingProcess(layout, submissions))));
          await expectModel(world, submissions);
        },
      ),
      { numRuns: 300 },
    );
  });

  // Two versions with one time may leave a row in which both lie: it is believed by nobody. All were sent at one time: where
  // an earlier record comes in at that very moment too, the greater version can be lost (ADR 3).
  it('in scores and entries, also where different versions have one time', async () => {
    await fc.assert(
      fc.asyncProperty(someSubmissionsAndConsumers(true), fc.scheduler(), async ([sent, consumers], scheduler) => {
        const submissions = sent.map((submission) => ({ ...submission, recordTimestampMs: SENT_MS }));
        const world = new ConvergenceWorld(layout, scheduler);
        await world.run(consumers.map((plan) => world.consume(plan, recordingProcess(layout, submissions))));
        await expectScores(world, submissions);
      }),
      { numRuns: 300 },
    );
  });

  it('in scores and entries, where two versions have one time, whenever each was sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        someSubmissions({ layout, maxLength: 2, ties: true }).chain((submissions) =>
          fc.tuple(fc.constant(submissions), someConsumers(submissions.length)),
        ),
        fc.scheduler(),
        async ([submissions, consumers], scheduler) => {
          const world = new ConvergenceWorld(layout, scheduler);
          await world.run(consumers.map((plan) => world.consume(plan, recordingProcess(layout, submissions))));
          await expectScores(world, submissions);
        },
      ),
      { numRuns: 300 },
    );
  });

  // Which of the records' times the attempt has depends on the first that was handled: the rule says no more.
  it('for copies of one submission under a clock ahead, however late each was sent', async () => {
    const sentMs = fc.uniqueArray(fc.integer({ min: SENT_MS, max: SENT_MS + 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sentMs, fc.scheduler(), async (records, scheduler) => {
        const copy = {
          attemptId: 'x',
          contentId: 'c',
          assessmentTsMs: AFTER_ALL_MS,
          answers: [anAnswer({ score: 3 })],
        };
        const submissions = records.map((recordTimestampMs) => ({ ...copy, recordTimestampMs }));
        const world = new ConvergenceWorld(layout, scheduler);
        const plan: ConsumerPlan = { microBatches: [[...submissions.keys()]], kills: [], clockAheadMs: 0 };
        await world.run([world.consume(plan, recordingProcess(layout, submissions))]);
        const { attempts, aggregates } = await world.book.read(learner);
        expect(aggregates.get('score:c')).toBe(3);
        expect([...attempts.values()]).toMatchObject([
          { score: 3, createdOnMs: Math.min(...records), version: { timeMs: records[0] } },
        ]);
        expect(world.rows.liveRow({ ...learner, ...copy })).toMatchObject({
          lastAttemptedOnMs: records[0],
          totalScore: 3,
        });
      }),
    );
  });
});
