import fc from 'fast-check';
import { archivedCopy, migrateLearner } from '@scorekeep/core/domain-scoring';
import {
  ConvergenceWorld,
  expectedMetrics,
  learner,
  type LegacyAttempt,
  legacyRow,
  metricsWithLegacy,
  type MicroBatchWork,
  type ProcessPorts,
  seedLegacyLearner,
  someConsumers,
  someLegacyAttempts,
  someSubmissions,
} from '@scorekeep/core/testing-core';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { AppError } from '@scorekeep/platform/util-errors';
import { Archiver, greatest, recordingProcess } from './first-touch.fixture';

/** What the reference archived and deleted: of these attempts only the metrics are left in the tables. */
const archivedByReference = (legacy: readonly LegacyAttempt[]) =>
  legacy
    .filter(({ left }) => left === 'nothing')
    .map((attempt) => archivedCopy(legacyRow(attempt), undefined, shortDigest));

function migratingProcess(legacy: readonly LegacyAttempt[]) {
  return ({ book, rows, nowMs }: ProcessPorts): MicroBatchWork => {
    const sources = { book, rows, nowMs, aggDetailsTimeZone: 'UTC' };
    return async () => {
      const evidence = { archived: archivedByReference(legacy), rows: [] };
      const { kind } = await migrateLearner(sources, learner, evidence, shortDigest);
      if (kind === 'contended') throw new AppError('MIGRATION.CONTENDED', 'try again', { retryable: true });
    };
  };
}

describe.each(['unified', 'split'] as const)('a learner whom the reference scored and archived (%s)', (layout) => {
  const scenario = fc
    .tuple(someSubmissions({ layout, maxLength: 4, ties: false }), someLegacyAttempts())
    .chain(([submissions, legacy]) =>
      fc.tuple(fc.constant({ submissions, legacy }), someConsumers(submissions.length), fc.boolean()),
    );

  it('ends with every attempt and no placeholder, with ingests, the archiver and the migration at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenario,
        fc.scheduler(),
        async ([{ submissions, legacy }, consumers, withArchiver], scheduler) => {
          const world = new ConvergenceWorld(layout, scheduler);
          seedLegacyLearner(legacy, world);
          const archiver = new Archiver(world);
          const [first, second, third] = consumers;
          const lives = [first, second].flatMap((plan) =>
            plan ? [world.consume(plan, recordingProcess(layout, submissions))] : [],
          );
          // what is sent to the third consumer alone is not sent: it is the migration here
          const sent = new Set([first, second].flatMap((plan) => plan?.microBatches.flat() ?? []));
          const accepted = submissions.filter((_, index) => sent.has(index));
          const others = { microBatches: [[], []], kills: third?.kills ?? [], clockAheadMs: third?.clockAheadMs ?? 0 };
          lives.push(world.consume(others, migratingProcess(legacy)));
          if (withArchiver) {
            lives.push(world.consume({ ...others, clockAheadMs: 0 }, (ports) => archiver.work(ports)));
          }
          await world.run(lives);

          const archived = legacy.filter(({ left }) => left === 'nothing');
          const expected = [...greatest(legacy, accepted, layout).values(), ...archived];
          const scores = await world.book.read(learner);
          expect(
            [...scores.attempts.values()]
              .map(({ attemptId, contentId, score }) => [contentId, attemptId, score])
              .sort(),
          ).toEqual(expected.map(({ attemptId, contentId, score }) => [contentId, attemptId, score]).sort());
          expect([...scores.attempts.values()].filter(({ placeholder }) => placeholder)).toEqual([]);
          expect(Object.fromEntries(scores.aggregates)).toEqual({
            ...metricsWithLegacy([], []),
            ...expectedMetrics(expected),
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
