import { randomUUID } from 'node:crypto';
import { type ReportRequest, type RequestLedger } from '@scorekeep/core/domain-exhaust';
import { aReportRequest } from './report-request.builder';

export interface RequestLedgerUnderTest {
  readonly ledger: RequestLedger;
  /** Called after the last test. */
  readonly close?: () => Promise<void>;
}

const aTag = (): string => `do_course_${randomUUID()}:channel-1`;

/** A request in which every field says something. */
function aFullRequest(given: Partial<ReportRequest> = {}): ReportRequest {
  return aReportRequest({
    batchIds: ['batch-1', 'é😀"\''],
    config: '{"batchFilter":["batch-1","é😀"]}',
    format: 'parquet',
    state: 'PROCESSING',
    submission: 3,
    startedOnMs: 1_700_000_000_002,
    completedOnMs: 1_700_000_000_003,
    tries: 2,
    run: 7,
    notBeforeMs: 1_700_000_000_004,
    password: { box: 'sealed', digest: 'digest' },
    statusMessage: 'é😀"\n',
    progress: { percent: 43, rows: 3_000_000_000 },
    files: [{ batchId: 'batch-1', key: 'reports/a/b.csv', bytes: 40_000_000_000, rows: 1 }],
    owner: 'worker-1',
    leaseExpiresOnMs: 1_700_000_060_000,
    ...given,
  });
}

/** What every RequestLedger does. */
export function describeRequestLedger(name: string, create: () => Promise<RequestLedgerUnderTest>): void {
  describe(`${name} keeps the contract of RequestLedger:`, () => {
    let subject: RequestLedgerUnderTest;
    let ledger: RequestLedger;

    beforeAll(async () => {
      subject = await create();
      ledger = subject.ledger;
    });
    afterAll(async () => subject.close?.());

    const saved = async (request: ReportRequest): Promise<ReportRequest> => {
      expect(await ledger.save(request, request.version - 1)).toBe('saved');
      return request;
    };
    const ofTag = async (tag: string): Promise<ReportRequest[]> => {
      const found: ReportRequest[] = [];
      for await (const request of ledger.ofTag(tag)) found.push(request);
      return found;
    };

    it('knows nothing at first', async () => {
      const tag = aTag();
      await expect(ledger.find({ tag, requestId: 'A1' })).resolves.toBeUndefined();
      await expect(ofTag(tag)).resolves.toEqual([]);
    });

    it('gives back every field, and replaces them all, also by nothing', async () => {
      const full = await saved(aFullRequest({ tag: aTag() }));
      await expect(ledger.find(full)).resolves.toEqual(full);
      const sparse = await saved(aReportRequest({ tag: full.tag, version: 2 }));
      await expect(ledger.find(full)).resolves.toEqual(sparse);
    });

    it.each([0, 1, 3])('does not save over version 2 what expects version %i', async (expectedVersion) => {
      const second = await saved({ ...(await saved(aReportRequest({ tag: aTag() }))), version: 2 });
      const late = { ...second, owner: 'worker-2', version: expectedVersion + 1 };
      await expect(ledger.save(late, expectedVersion)).resolves.toBe('conflict');
      await expect(ledger.find(second)).resolves.toEqual(second);
    });

    it('lets one of many win', async () => {
      const request = await saved(aReportRequest({ tag: aTag() }));
      const rivals = Array.from({ length: 8 }, (_, index) => ({ ...request, owner: `worker-${index}`, version: 2 }));
      // Contended saves may fail with an unknown outcome. Whatever they say, one alone is stored.
      const outcomes = await Promise.allSettled(rivals.map((rival) => ledger.save(rival, 1)));
      const winners = rivals.filter((_, index) => {
        const outcome = outcomes[index];
        return outcome?.status === 'fulfilled' && outcome.value === 'saved';
      });
      expect(winners.length).toBeLessThanOrEqual(1);
      expect(winners.length === 1 ? winners : rivals).toContainEqual(await ledger.find(request));
    });

    it('keeps tags and requests apart, and gives those of a tag by their id', async () => {
      const tag = aTag();
      const requests = ['C3', 'A1', 'B2'].map((requestId) => aReportRequest({ tag, requestId }));
      for (const request of [...requests, aReportRequest({ tag: `${tag}2`, requestId: 'A1', owner: 'other' })]) {
        await saved(request);
      }
      const [c, a, b] = requests;
      await expect(ofTag(tag)).resolves.toEqual([a, b, c]);
    });
  });
}
