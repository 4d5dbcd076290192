import * as fc from 'fast-check';
import { type ArchivalRecord } from './archival-record';
import { archivePlan, type ArchivePlanInput, tallyWeeks, type WeekTally } from './archive-plan';
import { type RowSummary } from './batch-attempts.port';
import { isoWeekOf, weekMs } from './iso-week';
import { type BatchWeek, type Manifest } from './manifest';

const dayMs = 24 * 3600 * 1000;
const nowMs = Date.parse('2021-11-17T10:00:00.000Z');
const week = (weeksAgo: number): BatchWeek['week'] => isoWeekOf(nowMs - weeksAgo * weekMs);
const at = (weeksAgo: number, batchId = 'b', collectionId = 'c'): BatchWeek => ({
  batchId,
  collectionId,
  week: week(weeksAgo),
});

const tally = (batchWeek: BatchWeek, rows = 10, maxWriteTimeUs = 100n): WeekTally => ({
  ...batchWeek,
  rows,
  maxWriteTimeUs,
});
const manifest = (batchWeek: BatchWeek, iteration = 1, rows = 10, maxWriteTimeUs = 100n): Manifest =>
  ({ ...batchWeek, iteration, rows, maxWriteTimeUs }) as Manifest;
const recorded = (batchWeek: BatchWeek, given: Partial<ArchivalRecord>): ArchivalRecord =>
  ({ ...batchWeek, archival: 'SUCCESS', deletion: 'PENDING', iteration: 1, ...given }) as ArchivalRecord;

const plan = (given: Partial<ArchivePlanInput>): ReturnType<typeof archivePlan> =>
  archivePlan({
    tallies: [],
    manifests: [],
    records: [],
    period: { beforeMs: Infinity },
    nowMs,
    graceMs: dayMs,
    ...given,
  });
const planned = (given: Partial<ArchivePlanInput>): string[] =>
  plan(given).map(
    ({ batchId, week: { isoWeek }, iteration, reason }) => `${batchId} ${isoWeek} #${iteration} ${reason}`,
  );

async function* stream(summaries: readonly RowSummary[]): AsyncGenerator<RowSummary> {
  yield* summaries;
}

describe('tallyWeeks', () => {
  it('counts rows and finds the highest write time by batch, collection and week', async () => {
    const summary = (batchId: string, updatedOnMs: number, writeTimeUs: bigint): RowSummary => ({
      batchId,
      collectionId: 'c',
      updatedOnMs,
      writeTimeUs,
    });
    const tallies = await tallyWeeks(
      stream([
        summary('b', nowMs, -5n),
        summary('b', nowMs + 1, -7n),
        summary('b', nowMs - weekMs, 3n),
        summary('a', nowMs, 9n),
      ]),
    );
    expect(tallies).toEqual([tally(at(0), 2, -5n), tally(at(1), 1, 3n), tally(at(0, 'a'), 1, 9n)]);
    await expect(tallyWeeks(stream([]))).resolves.toEqual([]);
  });

  it('loses no row', async () => {
    const summaries = fc.array(
      fc.record({
        batchId: fc.constantFrom('a', 'a_b'),
        collectionId: fc.constantFrom('c', 'b_c'),
        updatedOnMs: fc.integer({ min: nowMs - 3 * weekMs, max: nowMs }),
        writeTimeUs: fc.bigInt({ min: 0n, max: 9n }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(summaries, async (rows) => {
        const tallies = await tallyWeeks(stream(rows));
        expect(tallies.reduce((sum, each) => sum + each.rows, 0)).toBe(rows.length);
        const names = tallies.map(({ batchId, collectionId, week: { isoYear, isoWeek } }) =>
          JSON.stringify([batchId, collectionId, isoYear, isoWeek]),
        );
        expect(new Set(names).size).toBe(tallies.length);
      }),
    );
  });
});

describe('archivePlan', () => {
  it.each<[string, Partial<ArchivePlanInput>, string[]]>([
    ['nothing without rows', {}, []],
    ['a new week', { tallies: [tally(at(1))] }, ['b 45 #1 new']],
    ['not the running week', { tallies: [tally(at(0))] }, []],
    [
      'not a week that ended less than the grace ago',
      { tallies: [tally(at(1))], nowMs: Date.parse('2021-11-15T23:59:59.999Z') },
      [],
    ],
    ['that week when the grace is over', { tallies: [tally(at(1))], nowMs: Date.parse('2021-11-16') }, ['b 45 #1 new']],
    [
      'weeks of the period',
      {
        tallies: [tally(at(1)), tally(at(2)), tally(at(3))],
        period: { fromMs: Date.parse('2021-11-01'), beforeMs: Date.parse('2021-11-08') },
      },
      ['b 44 #1 new'],
    ],
    ['not what is archived', { tallies: [tally(at(1))], manifests: [manifest(at(1))] }, []],
    [
      'not what is archived in several iterations',
      { tallies: [tally(at(1), 15)], manifests: [manifest(at(1)), manifest(at(1), 2, 5)] },
      [],
    ],
    ['not what is archived and partly deleted', { tallies: [tally(at(1), 3)], manifests: [manifest(at(1))] }, []],
    ['more rows than archived', { tallies: [tally(at(1), 11)], manifests: [manifest(at(1))] }, ['b 45 #2 changed']],
    ['a row written later', { tallies: [tally(at(1), 1, 101n)], manifests: [manifest(at(1))] }, ['b 45 #2 changed']],
    [
      'rows that stayed after deletion',
      {
        tallies: [tally(at(1), 1, 5n)],
        manifests: [manifest(at(1), 3)],
        records: [recorded(at(1), { deletion: 'SUCCESS' })],
      },
      ['b 45 #4 changed'],
    ],
    ...(['PENDING', 'FAILED', 'RUNNING'] as const).map((archival): [string, Partial<ArchivePlanInput>, string[]] => [
      `a week recorded as ${archival}`,
      { tallies: [tally(at(1))], manifests: [manifest(at(1))], records: [recorded(at(1), { archival })] },
      ['b 45 #2 unfinished'],
    ]),
    [
      'a try that published nothing, with its number',
      { tallies: [tally(at(1))], records: [recorded(at(1), { archival: 'RUNNING', iteration: 1 })] },
      ['b 45 #1 new'],
    ],
    [
      'no restored week',
      {
        tallies: [tally(at(1))],
        manifests: [manifest(at(1))],
        records: [recorded(at(1), { archival: 'RESTORED' })],
        force: true,
      },
      [],
    ],
    [
      'a restored week by name',
      {
        tallies: [tally(at(1), 11)],
        manifests: [manifest(at(1))],
        records: [recorded(at(1), { archival: 'RESTORED' })],
        named: true,
      },
      ['b 45 #2 restored'],
    ],
    [
      'forced weeks, with live rows or without',
      { tallies: [tally(at(1))], manifests: [manifest(at(1)), manifest(at(2), 2)], force: true },
      ['b 44 #3 forced', 'b 45 #2 forced'],
    ],
    ['forced new weeks', { tallies: [tally(at(1))], force: true }, ['b 45 #1 new']],
    [
      'batches that share a folder apart',
      { tallies: [tally(at(1, 'a', 'b_c')), tally(at(1, 'a_b', 'c'))], manifests: [manifest(at(1, 'a', 'b_c'))] },
      ['a_b 45 #1 new'],
    ],
    [
      'in order of batch and week',
      { tallies: [tally(at(1, 'b')), tally(at(1, 'a')), tally(at(60, 'b')), tally(at(2, 'b'))] },
      ['a 45 #1 new', 'b 39 #1 new', 'b 44 #1 new', 'b 45 #1 new'],
    ],
  ])('plans %s', (_what, given, expected) => {
    expect(planned(given)).toEqual(expected);
  });

  it('says how much there is', () => {
    expect(plan({ tallies: [tally(at(1), 7, 5n)] })).toEqual([{ ...tally(at(1), 7, 5n), iteration: 1, reason: 'new' }]);
  });
});
