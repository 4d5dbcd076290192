import { type ArchivalLedger, type ArchivalRecord, archivalJob } from '@scorekeep/core/domain-archive';
import { randomUUID } from 'node:crypto';

/** What a suite is run against. */
export interface ArchivalLedgerFixture {
  readonly ledger: ArchivalLedger;
  /** Called after the last test. */
  readonly close?: () => Promise<void>;
}

const week = { isoYear: 2021, isoWeek: 5 };

function aRecord(given: Partial<ArchivalRecord> = {}): ArchivalRecord {
  return {
    batchId: `batch-${randomUUID()}`,
    collectionId: 'do_course',
    week,
    requestId: 'a1b2',
    job: archivalJob,
    archival: 'RUNNING',
    deletion: 'PENDING',
    iteration: 1,
    deletedThroughIteration: 0,
    startedOnMs: 1_700_000_000_001,
    completedOnMs: null,
    verifiedOnMs: null,
    deletedOnMs: null,
    objectKeys: [],
    rows: 0,
    bytes: 0,
    request: '{"period":"all"}',
    error: null,
    owner: 'archiver-1',
    leaseExpiresOnMs: 1_700_000_060_000,
    version: 1,
    ...given,
  };
}

/** A record in which every field says something. */
function aFullRecord(given: Partial<ArchivalRecord> = {}): ArchivalRecord {
  return aRecord({
    archival: 'SUCCESS',
    deletion: 'FAILED',
    iteration: 12,
    deletedThroughIteration: 11,
    completedOnMs: 1_700_000_000_002,
    verifiedOnMs: 1_700_000_000_003,
    deletedOnMs: 1_700_000_000_004,
    objectKeys: Array.from({ length: 200 }, (_, part) => `archival/b_c/2021-5-1613000000000-part${part}.csv.gz`),
    rows: 3_000_000_000,
    bytes: 40_000_000_000_000,
    error: 'é😀"\n',
    ...given,
  });
}

/** What every ArchivalLedger does. Records are of batches of their own, so the ledger may hold others. */
export function describeArchivalLedger(name: string, create: () => Promise<ArchivalLedgerFixture>): void {
  describe(`${name} keeps the contract of ArchivalLedger:`, () => {
    let fixture: ArchivalLedgerFixture;
    let ledger: ArchivalLedger;

    beforeAll(async () => {
      fixture = await create();
      ledger = fixture.ledger;
    });
    afterAll(async () => fixture.close?.());

    const saved = async (record: ArchivalRecord): Promise<ArchivalRecord> => {
      expect(await ledger.save(record, record.version - 1)).toBe('saved');
      return record;
    };

    it('knows nothing of a week at first', async () => {
      await expect(ledger.find(aRecord())).resolves.toBeUndefined();
      await expect(ledger.ofBatch(aRecord().batchId)).resolves.toEqual([]);
    });

    it('gives back every field', async () => {
      const full = await saved(aFullRecord());
      const sparse = await saved(aRecord({ startedOnMs: null, owner: null, leaseExpiresOnMs: null, request: '' }));
      await expect(ledger.find(full)).resolves.toEqual(full);
      await expect(ledger.find(sparse)).resolves.toEqual(sparse);
    });

    it('replaces a whole record, also by nothing', async () => {
      const first = await saved(aFullRecord());
      const emptied = await saved({
        ...aRecord(),
        batchId: first.batchId,
        owner: null,
        leaseExpiresOnMs: null,
        version: 2,
      });
      await expect(ledger.find(first)).resolves.toEqual(emptied);
    });

    it('creates a record only once', async () => {
      const first = await saved(aRecord());
      await expect(ledger.save({ ...first, owner: 'archiver-2' }, 0)).resolves.toBe('conflict');
      await expect(ledger.find(first)).resolves.toEqual(first);
    });

    it.each([0, 1, 3])('does not save over version 2 what expects version %i', async (expectedVersion) => {
      const second = await saved({ ...(await saved(aRecord())), version: 2 });
      const late = { ...second, owner: 'archiver-2', version: expectedVersion + 1 };
      await expect(ledger.save(late, expectedVersion)).resolves.toBe('conflict');
      await expect(ledger.find(second)).resolves.toEqual(second);
    });

    it('does not create what was to be replaced', async () => {
      const record = aRecord({ version: 2 });
      await expect(ledger.save(record, 1)).resolves.toBe('conflict');
      await expect(ledger.find(record)).resolves.toBeUndefined();
    });

    it.each([0, 1])('lets one of many win who expect version %i', async (expectedVersion) => {
      const record = aRecord({ version: expectedVersion });
      if (expectedVersion > 0) await saved(record);
      const rivals = Array.from({ length: 8 }, (_, index) => ({
        ...record,
        owner: `archiver-${index}`,
        version: expectedVersion + 1,
      }));
      // Contended saves may fail with an unknown outcome. Whatever they say, one alone is stored.
      const outcomes = await Promise.allSettled(rivals.map((rival) => ledger.save(rival, expectedVersion)));
      const winners = rivals.filter((_, index) => {
        const outcome = outcomes[index];
        return outcome?.status === 'fulfilled' && outcome.value === 'saved';
      });
      const stored = await ledger.find(record);
      expect(winners.length).toBeLessThanOrEqual(1);
      expect(winners.length === 1 ? winners : rivals).toContainEqual(stored);
    });

    it('keeps batches, collections and weeks apart', async () => {
      const one = aRecord();
      const { batchId } = one;
      const others = [
        { ...one, collectionId: 'do_other' },
        { ...one, week: { isoYear: 2021, isoWeek: 50 } },
        { ...one, week: { isoYear: 2020, isoWeek: 5 } },
        { ...one, collectionId: 'c/"\'é😀' },
      ];
      for (const record of [one, ...others, aRecord({ batchId: `${batchId}_do` })]) await saved(record);

      for (const record of [one, ...others]) await expect(ledger.find(record)).resolves.toEqual(record);
      const found = await ledger.ofBatch(batchId);
      expect(found).toHaveLength(5);
      expect(found).toEqual(expect.arrayContaining([one, ...others]));
    });

    it('gives every record, of all batches', async () => {
      const records = [await saved(aRecord()), await saved(aFullRecord()), await saved(aRecord())];
      const found: ArchivalRecord[] = [];
      for await (const record of ledger.all()) found.push(record);
      expect(found).toEqual(expect.arrayContaining(records));
      const keys = found.map((record) => JSON.stringify([record.batchId, record.collectionId, record.week]));
      expect(new Set(keys).size).toBe(keys.length);
    });
  });
}
