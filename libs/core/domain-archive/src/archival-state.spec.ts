import { thrownBy } from '@scorekeep/core/testing-core';
import { isLeased, type LeaseHolder, type LeaseRequest, renewLease } from './archival-lease';
import { type ArchivalRecord, requestIdOf } from './archival-record';
import {
  type ArchivalClaim,
  isDeletable,
  markArchived,
  markDeleted,
  markFailed,
  markInterrupted,
  markPending,
  markVerified,
  recordObject,
  takeForDeletion,
  takeLease,
} from './archival-state';
import { type Manifest } from './manifest';

const batchWeek = { batchId: 'b', collectionId: 'c', week: { isoYear: 2021, isoWeek: 5 } };
const claim = (iteration = 1, given: Partial<ArchivalClaim> = {}): ArchivalClaim => ({
  batchWeek,
  requestId: 'id',
  iteration,
  request: '--period all',
  ...given,
});
const by = (owner: string, nowMs: number): LeaseHolder => ({ owner, nowMs });
const lease = (owner: string, nowMs: number, leaseMs = 100): LeaseRequest => ({ owner, nowMs, leaseMs });
const manifest = (iteration: number, rows = 10): Manifest => {
  const object = { key: `k${iteration}`, rows, bytes: rows * 7 } as Manifest['objects'][number];
  return { ...batchWeek, iteration, rows, objects: [object] } as unknown as Manifest;
};
const lost = { code: 'ARCHIVE.LEASE_LOST' };

const running = takeLease(undefined, claim(), lease('A', 1000));
const archived = markArchived(running, [manifest(1)], by('A', 1050));
const verified = markVerified(archived, by('V', 2000));
const deleting = takeForDeletion(verified, 0, lease('D', 3000));
const deleted = markDeleted(deleting, by('D', 3050));
const failed = markFailed(running, 'the store refused', by('A', 1050));

describe('a week from archival to deletion', () => {
  it('is RUNNING from the first lease', () => {
    expect(running).toEqual({
      ...batchWeek,
      requestId: 'id',
      job: 'assessment-archival',
      archival: 'RUNNING',
      deletion: 'PENDING',
      iteration: 1,
      deletedThroughIteration: 0,
      startedOnMs: 1000,
      completedOnMs: null,
      verifiedOnMs: null,
      deletedOnMs: null,
      objectKeys: [],
      rows: 0,
      bytes: 0,
      request: '--period all',
      error: null,
      owner: 'A',
      leaseExpiresOnMs: 1100,
      version: 1,
    });
  });

  it('records keys before they are uploaded, each once', () => {
    const once = recordObject(running, 'k1', by('A', 1010));
    const twice = recordObject(recordObject(once, 'k2', by('A', 1020)), 'k1', by('A', 1030));
    expect(twice).toMatchObject({ objectKeys: ['k1', 'k2'], version: 4, owner: 'A' });
  });

  it('is SUCCESS with what its manifests hold, free again', () => {
    expect(archived).toMatchObject({
      archival: 'SUCCESS',
      deletion: 'PENDING',
      iteration: 1,
      rows: 10,
      bytes: 70,
      completedOnMs: 1050,
      owner: null,
      leaseExpiresOnMs: null,
      version: 2,
    });
  });

  it('is verified, deletable, deleted', () => {
    expect(verified).toMatchObject({ archival: 'SUCCESS', verifiedOnMs: 2000, version: 3 });
    expect(deleting).toMatchObject({ archival: 'SUCCESS', deletion: 'RUNNING', owner: 'D', leaseExpiresOnMs: 3100 });
    expect(deleted).toMatchObject({
      archival: 'SUCCESS',
      deletion: 'SUCCESS',
      deletedThroughIteration: 1,
      deletedOnMs: 3050,
      owner: null,
      version: 5,
    });
  });

  it('is archived and deleted again when rows came late, and keeps what it knew', () => {
    const pending = markPending(deleted, by('V', 4000));
    expect(pending).toMatchObject({ archival: 'PENDING', deletion: 'SUCCESS', verifiedOnMs: null });
    const again = takeLease(pending, claim(2), lease('B', 5000));
    expect(again).toMatchObject({
      archival: 'RUNNING',
      deletion: 'PENDING',
      iteration: 2,
      deletedThroughIteration: 1,
      rows: 10,
    });
    const both = markArchived(again, [manifest(1), manifest(2, 3)], by('B', 5010));
    expect(both).toMatchObject({ archival: 'SUCCESS', deletion: 'PENDING', iteration: 2, rows: 13, bytes: 91 });
    const gone = markDeleted(takeForDeletion(markVerified(both, by('V', 6000)), 0, lease('D', 6000)), by('D', 6001));
    expect(gone).toMatchObject({ deletion: 'SUCCESS', deletedThroughIteration: 2 });
  });

  it('goes back to what was published when there was nothing more to archive', () => {
    const again = takeLease(markPending(deleted, by('V', 4000)), claim(2), lease('B', 5000));
    expect(markArchived(again, [manifest(1)], by('B', 5010))).toMatchObject({
      archival: 'SUCCESS',
      deletion: 'SUCCESS',
      iteration: 1,
    });
    expect(markArchived(running, [], by('A', 1010))).toMatchObject({
      archival: 'SUCCESS',
      deletion: 'SUCCESS',
      iteration: 0,
      rows: 0,
    });
  });

  it('keeps its first verification, so that verifying daily does not put off deletion', () => {
    expect(markVerified(verified, by('V', 9000)).verifiedOnMs).toBe(2000);
  });
});

describe('isDeletable', () => {
  it.each<{ when: string; record: ArchivalRecord; nowMs: number; deleteAfterMs: number; expected: boolean }>([
    { when: 'not verified', record: archived, nowMs: 9000, deleteAfterMs: 0, expected: false },
    { when: 'verified too short a time ago', record: verified, nowMs: 2999, deleteAfterMs: 1000, expected: false },
    { when: 'verified long enough ago', record: verified, nowMs: 3000, deleteAfterMs: 1000, expected: true },
    { when: 'at once when it is so configured', record: verified, nowMs: 2000, deleteAfterMs: 0, expected: true },
    { when: 'being deleted', record: deleting, nowMs: 9000, deleteAfterMs: 0, expected: true },
    { when: 'deleted', record: deleted, nowMs: 9000, deleteAfterMs: 0, expected: false },
    { when: 'failed', record: failed, nowMs: 9000, deleteAfterMs: 0, expected: false },
    { when: 'restored', record: { ...verified, archival: 'RESTORED' }, nowMs: 9000, deleteAfterMs: 0, expected: false },
  ])('$when: $expected', ({ record, nowMs, deleteAfterMs, expected }) => {
    expect(isDeletable(record, nowMs, deleteAfterMs)).toBe(expected);
  });
});

describe('leases', () => {
  it('last until they expire, and can be renewed until then', () => {
    expect(isLeased(running, 1099)).toBe(true);
    expect(isLeased(running, 1100)).toBe(false);
    expect(isLeased(archived, 1051)).toBe(false);
    expect(renewLease(running, lease('A', 1099))).toMatchObject({ owner: 'A', leaseExpiresOnMs: 1199, version: 2 });
  });

  const holders: [string, (record: ArchivalRecord, holder: LeaseHolder) => ArchivalRecord, ArchivalRecord][] = [
    ['renewLease', (record, holder) => renewLease(record, { ...holder, leaseMs: 1 }), running],
    ['recordObject', (record, holder) => recordObject(record, 'k', holder), running],
    ['markArchived', (record, holder) => markArchived(record, [manifest(1)], holder), running],
    ['markFailed', (record, holder) => markFailed(record, 'why', holder), running],
    [
      'markDeleted',
      (record, holder) => markDeleted(record, holder),
      { ...deleting, leaseExpiresOnMs: 1100, owner: 'A' },
    ],
  ];

  it.each(holders)('%s is for their holder alone, while they last', (_name, act, record) => {
    expect(act(record, by('A', 1099)).version).toBe(record.version + 1);
    expect(thrownBy(() => act(record, by('B', 1050)))).toMatchObject(lost);
    expect(thrownBy(() => act(record, by('A', 1100)))).toMatchObject(lost);
    const takenOver = takeLease({ ...record, archival: 'RUNNING' }, claim(), lease('B', 1100));
    expect(thrownBy(() => act(takenOver, by('A', 1101)))).toMatchObject(lost);
  });

  it.each<[string, () => unknown]>([
    ['taking a lease', () => takeLease(running, claim(), lease('B', 1099))],
    ['taking it again oneself', () => takeLease(running, claim(), lease('A', 1099))],
    ['deleting', () => takeForDeletion({ ...verified, owner: 'A', leaseExpiresOnMs: 3000 }, 0, lease('B', 2999))],
    ['marking as verified', () => markVerified(deleting, by('V', 3050))],
    ['marking as pending', () => markPending(running, by('V', 1050))],
  ])('stop %s, which can be tried again', (_what, act) => {
    expect(thrownBy(act)).toMatchObject({ code: 'ARCHIVE.LEASE_HELD', retryable: true });
  });

  it('are taken over when they expired, with the same iteration', () => {
    const takenOver = takeLease(recordObject(running, 'k1', by('A', 1001)), claim(1), lease('B', 1100));
    expect(takenOver).toMatchObject({ owner: 'B', iteration: 1, objectKeys: ['k1'], startedOnMs: 1100 });
    expect(takeForDeletion(deleting, 0, lease('B', 3100))).toMatchObject({ owner: 'B', deletion: 'RUNNING' });
    expect(takeLease(deleting, claim(2), lease('B', 3100))).toMatchObject({ archival: 'RUNNING', deletion: 'PENDING' });
  });

  it('let their holder mark as verified or pending', () => {
    expect(markVerified(deleting, by('D', 3050))).toMatchObject({ owner: 'D', deletion: 'RUNNING' });
    expect(markPending(deleting, by('D', 3050))).toMatchObject({
      archival: 'PENDING',
      deletion: 'PENDING',
      owner: null,
    });
  });
});

describe('what is refused', () => {
  const restored: ArchivalRecord = { ...archived, archival: 'RESTORED' };

  it.each<[string, () => unknown]>([
    ['archiving an iteration that is published', () => takeLease(archived, claim(1), lease('B', 2000))],
    ['an iteration below the last', () => takeLease({ ...failed, iteration: 3 }, claim(2), lease('B', 2000))],
    ['iteration 0', () => takeLease(undefined, claim(0), lease('B', 2000))],
    ['archiving a restored week unasked', () => takeLease(restored, claim(2), lease('B', 2000))],
    ['recording an object while nothing is archived', () => recordObject(deleting, 'k', by('D', 3001))],
    ['archived without RUNNING', () => markArchived(deleting, [], by('D', 3001))],
    ['deleted without RUNNING', () => markDeleted(running, by('A', 1001))],
    [
      'failing when nothing runs',
      () => markFailed({ ...archived, owner: 'A', leaseExpiresOnMs: 2000 }, 'x', by('A', 1999)),
    ],
    ['verifying what is not archived', () => markVerified(failed, by('V', 2000))],
    ['verifying a restored week', () => markVerified(restored, by('V', 2000))],
    ['a restored week as pending', () => markPending(restored, by('V', 2000))],
    ['deleting what is not verified', () => takeForDeletion(archived, 0, lease('D', 2000))],
    ['deleting during the cool-off', () => takeForDeletion(verified, 1000, lease('D', 2999))],
    ['deleting twice', () => takeForDeletion(deleted, 0, lease('D', 9000))],
    ['deleting a restored week', () => takeForDeletion({ ...restored, verifiedOnMs: 0 }, 0, lease('D', 9000))],
  ])('%s', (_what, act) => {
    expect(thrownBy(act)).toMatchObject({ code: 'ARCHIVE.INVALID_STATE' });
  });

  it('is not a restored week that was asked for by name', () => {
    expect(takeLease(restored, claim(2, { named: true }), lease('B', 2000))).toMatchObject({
      archival: 'RUNNING',
      iteration: 2,
    });
  });
});

describe('markFailed', () => {
  it('fails what runs, gives the lease back and says why in 300 characters', () => {
    expect(failed).toMatchObject({ archival: 'FAILED', deletion: 'PENDING', error: 'the store refused', owner: null });
    expect(markFailed(deleting, 'x', by('D', 3001))).toMatchObject({ archival: 'SUCCESS', deletion: 'FAILED' });
    expect(markFailed(running, '😀'.repeat(301), by('A', 1001)).error).toBe('😀'.repeat(300));
  });

  it('can be tried again', () => {
    expect(takeLease(failed, claim(1), lease('B', 2000))).toMatchObject({
      archival: 'RUNNING',
      error: null,
      iteration: 1,
    });
    const deletionFailed = markFailed(deleting, 'x', by('D', 3001));
    expect(takeForDeletion(deletionFailed, 0, lease('D', 4000))).toMatchObject({ deletion: 'RUNNING', error: null });
  });
});

describe('markInterrupted', () => {
  it('leaves the week to the next run, without a fault', () => {
    expect(markInterrupted(running, by('A', 1001))).toMatchObject({ archival: 'PENDING', error: null, owner: null });
    expect(markInterrupted(deleting, by('D', 3001))).toMatchObject({
      ...{ archival: 'SUCCESS', deletion: 'PENDING', verifiedOnMs: 2000 },
    });
    expect(thrownBy(() => markInterrupted(running, by('B', 1001)))).toMatchObject(lost);
  });
});

describe('rows and bytes of a week', () => {
  it('are those of the manifests that no other one replaces', () => {
    const again = takeLease(verified, claim(2), lease('B', 4000));
    const replacing = { ...manifest(2, 12), replaces: [{ key: 'm1', objects: ['k1'] }] };
    const record = markArchived(
      again,
      [
        { ...manifest(1), key: 'm1' },
        { ...replacing, key: 'm2' },
      ],
      by('B', 4050),
    );
    expect(record).toMatchObject({ rows: 12, bytes: 84, iteration: 2 });
  });
});

describe('requestIdOf', () => {
  it('depends on every part, and on nothing else', () => {
    const id = (batchId: string, collectionId: string, isoWeek: number): string =>
      requestIdOf({ batchId, collectionId, week: { isoYear: 2021, isoWeek } }, (text) => text);
    expect(id('a', 'b', 5)).toBe('["assessment-archival","a","b","2021-5"]');
    expect(new Set([id('a', 'b', 5), id('a', 'b', 6), id('a_b', '', 5), id('', 'a_b', 5), id('b', 'a', 5)]).size).toBe(
      5,
    );
  });
});
