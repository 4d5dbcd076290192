import { randomUUID } from 'node:crypto';
import { type OpenRequest, type OpenRequests } from '@scorekeep/core/domain-exhaust';

export interface OpenRequestsUnderTest {
  readonly open: OpenRequests;
  /** Called after the last test. */
  readonly close?: () => Promise<void>;
}

const entries: readonly OpenRequest[] = [
  { tag: 'do_course_batch-1:é😀"', requestId: 'A1', submission: 1, sinceMs: 1_700_000_000_001 },
  { tag: 'do_course_batch-2:channel', requestId: 'B2', submission: 12, sinceMs: 1_700_000_000_002 },
];

/** What every OpenRequests does. */
export function describeOpenRequests(name: string, create: () => Promise<OpenRequestsUnderTest>): void {
  describe(`${name} keeps the contract of OpenRequests:`, () => {
    let subject: OpenRequestsUnderTest;
    let open: OpenRequests;

    beforeAll(async () => {
      subject = await create();
      open = subject.open;
    });
    afterAll(async () => subject.close?.());

    it('has nothing of a channel at first', async () => {
      await expect(open.ofChannel(randomUUID())).resolves.toEqual({ open: [], version: 0 });
    });

    it('replaces a list as a whole, and counts the changes', async () => {
      const channel = randomUUID();
      await expect(open.save(channel, entries, 0)).resolves.toBe('saved');
      await expect(open.ofChannel(channel)).resolves.toEqual({ open: entries, version: 1 });
      await expect(open.save(channel, [], 1)).resolves.toBe('saved');
      await expect(open.ofChannel(channel)).resolves.toEqual({ open: [], version: 2 });
      await expect(open.ofChannel(`${channel}2`)).resolves.toEqual({ open: [], version: 0 });
    });

    it.each([0, 2])('does not save over version 1 what expects version %i', async (expectedVersion) => {
      const channel = randomUUID();
      await open.save(channel, entries, 0);
      await expect(open.save(channel, [], expectedVersion)).resolves.toBe('conflict');
      await expect(open.ofChannel(channel)).resolves.toEqual({ open: entries, version: 1 });
    });

    it('names every channel', async () => {
      const names = [randomUUID(), randomUUID()];
      for (const channel of names) await open.save(channel, [], 0);
      const found: string[] = [];
      for await (const channel of open.channels()) found.push(channel);
      expect(found).toEqual(expect.arrayContaining(names));
    });
  });
}
