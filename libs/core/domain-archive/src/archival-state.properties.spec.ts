import * as fc from 'fast-check';
import { isLeased, type LeaseHolder, type LeaseRequest, renewLease } from './archival-lease';
import { type ArchivalRecord } from './archival-record';
import {
  markArchived,
  markDeleted,
  markFailed,
  markInterrupted,
  markPending,
  markRestored,
  markVerified,
  takeForDeletion,
  takeForRestore,
  takeLease,
} from './archival-state';
import { type Manifest } from './manifest';

const batchWeek = { batchId: 'b', collectionId: 'c', week: { isoYear: 2021, isoWeek: 5 } };
const manifest = (iteration: number): Manifest =>
  ({ ...batchWeek, iteration, rows: 1, objects: [] }) as unknown as Manifest;
const by = (owner: string, nowMs: number): LeaseHolder => ({ owner, nowMs });
const lease = (owner: string, nowMs: number): LeaseRequest => ({ owner, nowMs, leaseMs: 100 });

const claimOf = (iteration: number) => ({ batchWeek, requestId: 'id', iteration, request: '' });

type Step = (record: ArchivalRecord, owner: string, nowMs: number) => ArchivalRecord;
const take = (record: ArchivalRecord | undefined, iteration: number, request: LeaseRequest): ArchivalRecord =>
  takeLease(record, { ...claimOf(iteration), named: true }, request);

const steps: readonly Step[] = [
  (record, owner, nowMs) => take(record, record.iteration + 1, lease(owner, nowMs)),
  (record, owner, nowMs) => take(record, Math.max(1, record.iteration), lease(owner, nowMs)),
  (record, owner, nowMs) => renewLease(record, lease(owner, nowMs)),
  (record, owner, nowMs) => markArchived(record, [manifest(record.iteration)], by(owner, nowMs)),
  (record, owner, nowMs) => markFailed(record, 'why', by(owner, nowMs)),
  (record, owner, nowMs) => markVerified(record, by(owner, nowMs)),
  (record, owner, nowMs) => markPending(record, by(owner, nowMs)),
  (record, owner, nowMs) => takeForDeletion(record, 0, lease(owner, nowMs)),
  (record, owner, nowMs) => markDeleted(record, by(owner, nowMs)),
  (record, owner, nowMs) => markInterrupted(record, by(owner, nowMs)),
  (record, owner, nowMs) => takeForRestore(record, claimOf(record.iteration), lease(owner, nowMs)),
  (record, owner, nowMs) => markRestored(record, by(owner, nowMs)),
];

/** What the step makes of the record; undefined when it is refused. */
function attempt(step: Step, record: ArchivalRecord, { owner, nowMs }: LeaseHolder): ArchivalRecord | undefined {
  try {
    return step(record, owner, nowMs);
  } catch {
    return undefined;
  }
}

describe('after any sequence of transitions', () => {
  const moves = fc.array(fc.tuple(fc.constantFrom(...steps), fc.constantFrom('A', 'B'), fc.constantFrom(1, 40, 120)), {
    maxLength: 40,
  });

  /** Calls `check` for every transition that is not refused. */
  const forAll = (check: (before: ArchivalRecord, after: ArchivalRecord, holder: LeaseHolder) => void): void => {
    fc.assert(
      fc.property(moves, (sequence) => {
        let record = take(undefined, 1, lease('A', 0));
        let nowMs = 0;
        for (const [step, owner, elapsedMs] of sequence) {
          nowMs += elapsedMs;
          const after = attempt(step, record, by(owner, nowMs));
          if (after) check(record, after, by(owner, nowMs));
          record = after ?? record;
        }
      }),
      { numRuns: 1000 },
    );
  };

  it('the version has grown by one each time', () => {
    forAll((before, after) => expect(after.version).toBe(before.version + 1));
  });

  it('somebody has the lease exactly while something runs, and only one thing runs', () => {
    forAll((_before, { archival, deletion, owner }) => {
      if (archival !== 'RESTORED') expect(owner !== null).toBe(archival === 'RUNNING' || deletion === 'RUNNING');
      expect(archival === 'RUNNING' && deletion === 'RUNNING').toBe(false);
    });
  });

  it('nobody has changed what another held', () => {
    forAll((before, _after, { owner, nowMs }) => {
      if (isLeased(before, nowMs)) expect(before.owner).toBe(owner);
    });
  });

  it('nothing was deleted that was not archived and verified', () => {
    forAll((before, after) => {
      if (after.deletion !== 'RUNNING') return;
      expect(after.archival).toBe('SUCCESS');
      expect(before.verifiedOnMs).not.toBeNull();
    });
  });
});
