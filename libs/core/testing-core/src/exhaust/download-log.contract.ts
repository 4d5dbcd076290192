import { randomUUID } from 'node:crypto';
import { type DownloadEntry, type DownloadLog } from '@scorekeep/core/domain-exhaust';

export interface DownloadLogUnderTest {
  readonly log: DownloadLog;
  /** Called after the last test. */
  readonly close?: () => Promise<void>;
}

/** What every DownloadLog does. */
export function describeDownloadLog(name: string, create: () => Promise<DownloadLogUnderTest>): void {
  describe(`${name} keeps the contract of DownloadLog:`, () => {
    let subject: DownloadLogUnderTest;
    let log: DownloadLog;

    beforeAll(async () => {
      subject = await create();
      log = subject.log;
    });
    afterAll(async () => subject.close?.());

    const anEntry = (given: Partial<DownloadEntry> = {}): DownloadEntry => ({
      requestId: randomUUID(),
      linkId: 'link-1',
      tag: 'do_course_batch-1:channel-1',
      userId: 'official-1',
      channel: 'channel-1',
      key: 'reports/response-exhaust/A1/1/batch-1_response_20240301.csv',
      handedOutOnMs: 1_700_000_000_000,
      expiresOnMs: 1_700_000_060_000,
      ...given,
    });
    const ofRequest = async (requestId: string) => {
      const found: object[] = [];
      for await (const entry of log.ofRequest(requestId)) found.push(entry);
      return found;
    };

    it('knows what was handed out, to whom, and whether it was fetched', async () => {
      const entry = anEntry();
      const other = anEntry({ requestId: entry.requestId, linkId: 'link-2', userId: 'official-2' });
      for (const each of [entry, other, entry]) await log.record(each);
      await expect(log.find(entry.requestId, 'link-1')).resolves.toEqual(entry);
      await log.fetched(entry.requestId, 'link-1', 1_700_000_000_005);
      const found = await ofRequest(entry.requestId);
      expect(found).toHaveLength(2);
      expect(found).toEqual(
        expect.arrayContaining([
          { ...entry, fetchedOnMs: 1_700_000_000_005 },
          { ...other, fetchedOnMs: null },
        ]),
      );
    });

    it('does not know links of other requests', async () => {
      const entry = anEntry();
      await log.record(entry);
      await expect(log.find(entry.requestId, 'link-9')).resolves.toBeUndefined();
      await expect(log.find(randomUUID(), 'link-1')).resolves.toBeUndefined();
      await expect(ofRequest(randomUUID())).resolves.toEqual([]);
    });
  });
}
