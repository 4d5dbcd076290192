import { attemptKey, type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { archiveFeature, type TestOptions, testOptions } from './archive-feature.fixture';
import { KillSwitch } from './kill-switch.fixture';
import { TableRows } from './table-rows.fixture';

const weekMs = 7 * 24 * 3600 * 1000;
const run = { request: 'test' };
type Feature = ReturnType<typeof archiveFeature>;

const accepted = ['a', 'b', 'c'].map((user, index) =>
  aWrittenAttempt(user, { updatedOnMs: archivedOnMs + (index % 2) * weekMs }),
);

/** Servers that outlive the processes that work on them. */
class Servers {
  nowMs = archivedOnMs + 10 * weekMs;
  readonly table = new InMemoryBatchAttempts(archiveOrder);
  readonly storage = new InMemoryArchiveStorage();
  readonly ledger = new InMemoryArchivalLedger();
  readonly book = new InMemoryScoreBook();
  readonly options: TestOptions = {
    ...testOptions(archiveOrder, () => (this.nowMs += 1)),
    ...{ deleteAfterMs: 0, replacedGraceMs: 0 },
  };

  constructor() {
    accepted.forEach((row) => this.table.insert(row));
  }

  process(owner: string, kill = new KillSwitch(Infinity, 'before')): Feature {
    const ports = {
      attempts: kill.wrap(this.table),
      ledger: kill.wrap(this.ledger),
      storage: kill.wrap(this.storage),
      book: kill.wrap(this.book),
      rows: kill.wrap(new TableRows(this.table)),
    };
    const streams = new InMemoryByteStreams();
    return archiveFeature({ ...ports, streams, order: archiveOrder }, { ...this.options, owner });
  }

  async live(): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for await (const row of this.table.rows({ batchId: 'batch-1' })) rows.push(row);
    return rows;
  }

  async archived(): Promise<WrittenAttempt[]> {
    const { reader } = this.process('reader');
    const rows: WrittenAttempt[] = [];
    for (const manifest of await reader.manifests('batch-1')) {
      for (const object of manifest.objects)
        for await (const row of reader.writtenRows(manifest, object)) rows.push(row);
    }
    return rows;
  }
}

async function archive({ planArchive, archiveWeek }: Feature, force: boolean): Promise<void> {
  const period = { beforeMs: archivedOnMs + 9 * weekMs };
  const plan = await planArchive.execute({ period, force, batches: [{ batchId: 'batch-1' }] });
  for (const week of plan) await archiveWeek.execute(week, { ...run, force, named: true });
}

async function eachWeek({ records }: Feature, work: (week: WrittenWeek) => Promise<unknown>): Promise<void> {
  for (const week of await records.find({})) await work(week);
}
type WrittenWeek = Awaited<ReturnType<Feature['records']['find']>>[number];

/** What one process does until somebody kills it. */
const stories = {
  'archive, verify, delete': async (feature: Feature) => {
    await archive(feature, false);
    await eachWeek(feature, (week) => feature.verifyWeek.execute(week, run));
    await eachWeek(feature, (week) => feature.deleteWeek.execute(week, run));
  },
  'archive, archive again by force, remove what is replaced': async (feature: Feature) => {
    await archive(feature, false);
    await archive(feature, true);
    await eachWeek(feature, (week) => feature.verifyWeek.execute(week, run));
    await eachWeek(feature, (week) => feature.removeReplaced.execute(week));
  },
  'archive, delete, restore': async (feature: Feature) => {
    await archive(feature, false);
    await eachWeek(feature, (week) => feature.deleteWeek.execute(week, run));
    await eachWeek(feature, (week) => feature.restoreWeek.execute(week, run));
  },
};

const contentOf = ({ writeTimeUs: _, ...content }: WrittenAttempt): StoredAttempt => content;
const contents = (rows: readonly WrittenAttempt[]): StoredAttempt[] => [
  ...new Map([...rows].sort(archiveOrder).map((row) => [row.userId, contentOf(row)])).values(),
];

/** @returns false when the process came to its end before it could be killed */
async function killAt(story: (feature: Feature) => Promise<void>, kill: KillSwitch): Promise<boolean> {
  const servers = new Servers();
  const ended = await Promise.race([story(servers.process('killed', kill)), kill.killed]);
  expect(contents([...(await servers.archived()), ...(await servers.live())])).toEqual(contents(accepted));

  servers.nowMs += 2 * servers.options.leaseMs;
  const successor = servers.process('successor');
  await archive(successor, false);
  await eachWeek(successor, (week) => successor.verifyWeek.execute(week, run));
  await eachWeek(successor, (week) => successor.deleteWeek.execute(week, run));
  await eachWeek(successor, (week) => successor.removeReplaced.execute(week));
  expect(await servers.live()).toEqual([]);
  const archived = await servers.archived();
  expect(contents(archived)).toEqual(contents(accepted));
  expect(new Set(archived.map((row) => `${row.userId} ${row.writeTimeUs}`)).size).toBe(archived.length);
  for (const row of accepted) expect((await servers.book.read(row)).attempts.has(attemptKey(row))).toBe(true);
  const states = (await successor.records.find({})).map(({ archival, deletion }) => `${archival} ${deletion}`);
  expect(states).toEqual(['SUCCESS SUCCESS', 'SUCCESS SUCCESS']);
  return ended === 'killed';
}

describe.each(Object.entries(stories))('a process that is to %s', (name, story) => {
  // Leases of dead processes would be renewed for ever.
  beforeEach(() => jest.spyOn(globalThis, 'setInterval').mockImplementation(() => undefined as never));
  afterEach(() => jest.restoreAllMocks());

  it.each(['before', 'after'] as const)(
    'loses nothing and archives nothing twice, killed %s one of its requests',
    async (when) => {
      const step = name === 'archive, verify, delete' ? 1 : 5;
      let nth = 1;
      while (await killAt(story, new KillSwitch(nth, when))) nth += step;
      expect(nth).toBeGreaterThan(40);
    },
    600_000,
  );
});
