import { thrownBy } from '@scorekeep/core/testing-core';
import { type LeaseHolder, type LeaseRequest } from './archival-lease';
import {
  type ArchivalClaim,
  markArchived,
  markDeleted,
  markFailed,
  markRestored,
  markVerified,
  takeForDeletion,
  takeForRestore,
  takeLease,
} from './archival-state';
import { type Manifest } from './manifest';

const batchWeek = { batchId: 'b', collectionId: 'c', week: { isoYear: 2021, isoWeek: 5 } };
const claim = (given: Partial<ArchivalClaim> = {}): ArchivalClaim => ({
  ...{ batchWeek, requestId: 'id', iteration: 1, request: '--period all' },
  ...given,
});
const by = (owner: string, nowMs: number): LeaseHolder => ({ owner, nowMs });
const lease = (owner: string, nowMs: number): LeaseRequest => ({ owner, nowMs, leaseMs: 100 });
const manifest = { ...batchWeek, key: 'm1', iteration: 1, rows: 10, objects: [{ key: 'k', rows: 10, bytes: 70 }] };

const running = takeLease(undefined, claim(), lease('A', 1000));
const verified = markVerified(markArchived(running, [manifest as unknown as Manifest], by('A', 1050)), by('V', 2000));
const deleted = markDeleted(takeForDeletion(verified, 0, lease('D', 3000)), by('D', 3050));

describe('a restored week', () => {
  const taken = takeForRestore(deleted, claim({ request: 'restore --batch b' }), lease('R', 4000));

  it('is RESTORED from the first row on, under a lease', () => {
    expect(taken).toMatchObject({
      archival: 'RESTORED',
      deletion: 'PENDING',
      owner: 'R',
      verifiedOnMs: null,
      rows: 10,
    });
    expect(markRestored(taken, by('R', 4050))).toMatchObject({
      archival: 'RESTORED',
      owner: null,
      completedOnMs: 4050,
    });
    expect(thrownBy(() => markRestored(taken, by('R', 4200)))).toMatchObject({ code: 'ARCHIVE.LEASE_LOST' });
    expect(thrownBy(() => markRestored(running, by('A', 1001)))).toMatchObject({ code: 'ARCHIVE.INVALID_STATE' });
    expect(thrownBy(() => takeForRestore(running, claim(), lease('R', 1001)))).toMatchObject({
      code: 'ARCHIVE.LEASE_HELD',
    });
  });

  it('stays RESTORED when it could not be finished, and says why', () => {
    expect(markFailed(taken, 'no answer', by('R', 4001))).toMatchObject({ archival: 'RESTORED', error: 'no answer' });
  });

  it('needs no record before', () => {
    expect(takeForRestore(undefined, claim(), lease('R', 1000))).toMatchObject({ archival: 'RESTORED', version: 1 });
  });
});
