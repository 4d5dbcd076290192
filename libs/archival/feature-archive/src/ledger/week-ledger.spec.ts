import { markVerified, takeLease } from '@scorekeep/core/domain-archive';
import { archivedWeek, archiveOrder, InMemoryArchivalLedger } from '@scorekeep/core/testing-core';
import { AppError } from '@scorekeep/platform/util-errors';
import { createLogger } from '@scorekeep/platform/util-logging';
import { testOptions } from '../archive-feature.fixture';
import { claimOf } from './archival-claim';
import { WeekLedger } from './week-ledger';
import { type WeekLease } from './week-lease';

/** A ledger that can lose the answer to a save that it made, or fail altogether. */
class UnsureLedger extends InMemoryArchivalLedger {
  loseAnswers = 0;
  down = false;

  override async save(...[record, expected]: Parameters<InMemoryArchivalLedger['save']>) {
    if (this.down) throw new AppError('CASSANDRA.UNAVAILABLE', 'nobody there', { retryable: true });
    const saved = await super.save(record, expected);
    this.loseAnswers -= 1;
    if (this.loseAnswers >= 0) throw new AppError('CASSANDRA.TIMEOUT', 'no answer', { retryable: true });
    return saved;
  }
}

describe('WeekLedger', () => {
  let nowMs: number;
  let ledger: UnsureLedger;
  let weeks: WeekLedger;
  const leaseMs = 20;

  beforeEach(() => {
    nowMs = 1_700_000_000_000;
    ledger = new UnsureLedger();
    const options = { ...testOptions(archiveOrder, () => nowMs), leaseMs };
    weeks = new WeekLedger(ledger, options, createLogger({ name: 'test', level: 'silent', destination: 'stderr' }));
  });

  const begin: Parameters<WeekLedger['work']>[1] = (stored, terms) =>
    takeLease(stored, claimOf(archivedWeek, stored, { request: 'archive' }), terms);
  const work = <T>(doing: (lease: WeekLease) => Promise<T>) => weeks.work(archivedWeek, begin, doing);
  const aborted = (signal: AbortSignal): Promise<unknown> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

  it('takes a save for done whose answer was lost', async () => {
    ledger.loseAnswers = 3;
    await work(async (lease) => {
      await lease.recordObject('a');
      await lease.recordObject('b');
    });
    expect(await weeks.find(archivedWeek)).toMatchObject({ version: 3, objectKeys: ['a', 'b'] });
  });

  it('renews the lease while work lasts, and not any longer', async () => {
    const renewed = await work(async () => {
      const before = await weeks.find(archivedWeek);
      nowMs += leaseMs / 2;
      await new Promise((resolve) => setTimeout(resolve, leaseMs));
      const after = await weeks.find(archivedWeek);
      return (after?.leaseExpiresOnMs ?? 0) - (before?.leaseExpiresOnMs ?? 0);
    });
    expect(renewed).toBe(leaseMs / 2);
    const last = await weeks.find(archivedWeek);
    await new Promise((resolve) => setTimeout(resolve, leaseMs));
    expect(await weeks.find(archivedWeek)).toEqual(last);
  });

  it('tells the worker that the lease is lost when somebody else took it, and marks nothing', async () => {
    const outcome = await work(async (lease) => {
      const lost = aborted(lease.signal);
      const stored = await weeks.find(archivedWeek);
      if (stored) await ledger.save({ ...stored, owner: 'other', version: stored.version + 1 }, stored.version);
      await lost;
      lease.signal.throwIfAborted();
    });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.LEASE_LOST' } });
    expect(await weeks.find(archivedWeek)).toMatchObject({ owner: 'other', archival: 'RUNNING' });
  });

  it('tells the worker that the lease is lost when it ran out while the ledger could not be reached', async () => {
    const outcome = await work(async (lease) => {
      ledger.down = true;
      nowMs += leaseMs + 1;
      expect(await aborted(lease.signal)).toMatchObject({ code: 'ARCHIVE.LEASE_LOST' });
      lease.signal.throwIfAborted();
    });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ARCHIVE.LEASE_LOST' } });
  });

  it('survives a ledger that fails for a moment', async () => {
    const outcome = await work(async (lease) => {
      ledger.down = true;
      await new Promise((resolve) => setTimeout(resolve, leaseMs));
      ledger.down = false;
      await lease.recordObject('a');
      return 'done';
    });
    expect(outcome).toBe('done');
  });

  it('tells the failure of the work also when that cannot be recorded', async () => {
    const outcome = await work(async () => {
      ledger.down = true;
      throw new AppError('STORAGE.FULL', 'full');
    });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'STORAGE.FULL' } });
  });

  it('gives up when the record never stays as it was read', async () => {
    const find = ledger.find.bind(ledger);
    await work(async () => undefined);
    nowMs += leaseMs + 1;
    ledger.find = async (week) => {
      const stored = await find(week);
      return stored && { ...stored, version: stored.version - 1 };
    };
    await expect(work(async () => undefined)).rejects.toMatchObject({ code: 'ARCHIVE.LEDGER_CONTENDED' });
  });

  it('marks a finished week only while nobody has worked on it', async () => {
    await work(async () => undefined);
    const seen = await weeks.find(archivedWeek);
    nowMs += leaseMs + 1;
    await work(async () => undefined);
    if (!seen) throw new Error('not recorded');
    await expect(weeks.mark(seen, markVerified)).rejects.toMatchObject({ code: 'ARCHIVE.LEASE_HELD' });
  });
});
