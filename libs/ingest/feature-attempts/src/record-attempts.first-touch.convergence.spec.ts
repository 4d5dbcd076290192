import fc from 'fast-check';
import { type AttemptIdentity, attemptKey } from '@scorekeep/core/domain-scoring';
import {
  ConvergenceWorld,
  learner,
  metricsWithLegacy,
  seedLegacyLearner,
  someConsumers,
  someLegacyAttempts,
  someSubmissions,
} from '@scorekeep/core/testing-core';
import { Archiver, greatest, recordingProcess } from './first-touch.fixture';

describe.each(['unified', 'split'] as const)('a learner whom the reference scored (%s)', (layout) => {
  const scenario = fc
    .tuple(someSubmissions({ layout, maxLength: 4, ties: false }), someLegacyAttempts())
    .chain(([submissions, legacy]) =>
      fc.tuple(fc.constant({ submissions, legacy }), someConsumers(submissions.length), fc.boolean()),
    );

  it('ends at the model, whoever touches them first, several consumers and the archiver at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenario,
        fc.scheduler(),
        async ([{ submissions, legacy }, consumers, withArchiver], scheduler) => {
          const world = new ConvergenceWorld(layout, scheduler);
          seedLegacyLearner(legacy, world);
          const archiver = new Archiver(world);
          const [archiversLife, ...others] = consumers.map((plan) => ({ ...plan }));
          const lives = [...others, archiversLife]
            .flatMap((plan) => plan ?? [])
            .map((plan) => world.consume(plan, recordingProcess(layout, submissions)));
          const archiving = { microBatches: [[], []], kills: archiversLife?.kills ?? [], clockAheadMs: 0 };
          if (withArchiver) lives.push(world.consume(archiving, (ports) => archiver.work(ports)));
          await world.run(lives);

          const expected = greatest(legacy, submissions, layout);
          const scores = await world.book.read(learner);
          const real = [...scores.attempts].filter(([, { placeholder }]) => !placeholder);
          expect(
            new Map(
              real.map(([key, { score, maxScore, version }]) => [key, { score, maxScore, timeMs: version.timeMs }]),
            ),
          ).toEqual(
            new Map([...expected].map(([key, { score, maxScore, timeMs }]) => [key, { score, maxScore, timeMs }])),
          );
          expect(scores.filled).toBe(true);
          expect(Object.fromEntries(scores.aggregates)).toEqual(metricsWithLegacy([...expected.values()], legacy));
          for (const attempt of expected.values()) expectAnswersSomewhere(world, archiver, { ...learner, ...attempt });
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The greatest version's answers are live or archived, and nothing live is newer or older than it without being archived. */
function expectAnswersSomewhere(
  world: ConvergenceWorld,
  archiver: Archiver,
  attempt: AttemptIdentity & { readonly timeMs: number; readonly score: number; readonly legacy: boolean },
): void {
  if (attempt.legacy) return;
  const live = world.rows.liveRow(attempt);
  const archived = archiver.objects.filter((row) => attemptKey(row) === attemptKey(attempt));
  const copies = [...(live ? [live] : []), ...archived].filter((row) => row.lastAttemptedOnMs === attempt.timeMs);
  expect(copies).not.toEqual([]);
  for (const copy of copies) expect(copy.totalScore).toBe(attempt.score);
  if (live) expect(live.lastAttemptedOnMs).toBe(attempt.timeMs);
}
