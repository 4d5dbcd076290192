import { aReportRequest, aSubmission } from '@scorekeep/core/testing-core';
import fc from 'fast-check';
import { isClaimable, isOpen, type ReportRequest } from './report-request';
import {
  claimRequest,
  continueRun,
  failRun,
  returnRun,
  type RunLease,
  submitRequest,
  succeedRun,
} from './request-states';

const limits = { maxTries: 3, retryDelayMs: 1000 };
const lease = { owner: 'worker-1', nowMs: 5000, leaseMs: 100 };
const password = { box: 'sealed', digest: 'one' };
const file = { batchId: 'batch-1', key: 'a/b.csv', bytes: 5, rows: 2 };
const running = aReportRequest({
  state: 'PROCESSING',
  tries: 1,
  run: 4,
  owner: 'worker-1',
  leaseExpiresOnMs: 5100,
  password,
});

describe('submitRequest', () => {
  it('submits what is new', () => {
    expect(submitRequest(undefined, aSubmission(), 7)).toEqual({
      kind: 'submitted',
      request: aReportRequest({ submittedOnMs: 7, updatedOnMs: 7 }),
    });
  });

  it.each(['SUBMITTED', 'PROCESSING'] as const)('joins one that is %s', (state) => {
    const stored = aReportRequest({ state, password });
    expect(submitRequest(stored, aSubmission({ password: { box: 'other', digest: 'one' } }), 7)).toEqual({
      kind: 'joined',
      request: stored,
    });
  });

  it.each([
    { stored: password, given: { box: 'sealed', digest: 'two' } },
    { stored: password, given: null },
    { stored: null, given: password },
  ])('does not join with another password: $stored, $given', ({ stored, given }) => {
    const outcome = submitRequest(aReportRequest({ password: stored }), aSubmission({ password: given }), 7);
    expect(outcome).toEqual({ kind: 'other password' });
  });

  it.each(['SUCCESS', 'FAILED'] as const)('runs again what is %s, with the password of now', (state) => {
    const stored = aReportRequest({ state, run: 2, tries: 3, files: [file], statusMessage: 'x', version: 9 });
    expect(submitRequest(stored, aSubmission({ password, organisationId: 'org-2' }), 7)).toEqual({
      kind: 'submitted',
      request: aReportRequest({
        ...{ submission: 2, submittedOnMs: 7, updatedOnMs: 7, run: 2, version: 10, password },
        organisationId: 'org-2',
      }),
    });
  });
});

describe('claimRequest', () => {
  it('begins what waits', () => {
    const outcome = claimRequest(aReportRequest({ notBeforeMs: 5000, tries: 1, run: 1 }), lease, limits);
    expect(outcome).toMatchObject({
      kind: 'begun',
      request: { state: 'PROCESSING', tries: 2, run: 2, owner: 'worker-1', leaseExpiresOnMs: 5100, version: 2 },
    });
  });

  it('takes over from a worker whose lease ran out, in a run of its own', () => {
    const dead = { ...running, owner: 'worker-0', leaseExpiresOnMs: 5000 };
    const outcome = claimRequest(dead, lease, limits);
    expect(outcome).toMatchObject({ kind: 'begun', request: { owner: 'worker-1', tries: 2, run: 5, password } });
  });

  it('gives up what killed its workers, and wipes the password', () => {
    const dead = { ...running, leaseExpiresOnMs: 5000, tries: 3 };
    const outcome = claimRequest(dead, lease, limits);
    expect(outcome).toMatchObject({ kind: 'given up', request: { state: 'FAILED', password: null, owner: null } });
  });

  it.each([
    { why: 'somebody works on it', request: running },
    { why: 'it is not due', request: aReportRequest({ notBeforeMs: 5001 }) },
    { why: 'it has succeeded', request: aReportRequest({ state: 'SUCCESS' }) },
    { why: 'it has failed', request: aReportRequest({ state: 'FAILED' }) },
  ])('leaves it when $why', ({ request }) => {
    expect(claimRequest(request, lease, limits)).toEqual({ kind: 'not yours' });
  });
});

describe('a run', () => {
  const holder = { owner: 'worker-1', nowMs: 5050 };
  const failure = { words: 'it broke', retryable: true };

  it('shows how far it is and keeps its lease', () => {
    expect(continueRun(running, { ...lease, nowMs: 5050 }, { percent: 40, rows: 12 })).toMatchObject({
      progress: { percent: 40, rows: 12 },
      statusMessage: '40 % of the learners, 12 rows',
      leaseExpiresOnMs: 5150,
    });
  });

  it('succeeds, and says which batches have no answers', () => {
    const empty = { ...file, batchId: 'batch-2', rows: 0 };
    expect(succeedRun(running, holder, [file, empty])).toMatchObject({
      ...{ state: 'SUCCESS', files: [file, empty], progress: { percent: 100, rows: 2 }, completedOnMs: 5050 },
      ...{ statusMessage: 'no rows but the header: batch batch-2', owner: null, password: null },
    });
    expect(succeedRun(running, holder, [file]).statusMessage).toBeNull();
  });

  it.each([
    { tries: 1, notBeforeMs: 6050 },
    { tries: 2, notBeforeMs: 8050 },
  ])('waits longer after try $tries, and keeps the password', ({ tries, notBeforeMs }) => {
    const failed = failRun({ ...running, tries }, holder, failure, limits);
    expect(failed).toMatchObject({ state: 'SUBMITTED', notBeforeMs, owner: null, password });
    expect(failed.statusMessage).toBe(`try ${tries} of 3 failed: it broke`);
  });

  it.each([
    { tries: 3, retryable: true, statusMessage: 'it broke (after 3 tries)' },
    { tries: 1, retryable: false, statusMessage: 'it broke' },
  ])('fails for good after try $tries, retryable $retryable', ({ tries, retryable, statusMessage }) => {
    const failed = failRun({ ...running, tries }, holder, { words: 'it broke', retryable }, limits);
    expect(failed).toMatchObject({ state: 'FAILED', statusMessage, password: null, completedOnMs: 5050 });
  });

  it('is given back without a try', () => {
    const returned = returnRun(running, holder);
    expect(returned).toMatchObject({ state: 'SUBMITTED', tries: 0, run: 4, owner: null, password });
    expect(isClaimable(returned, 5050)).toBe(true);
  });

  it.each([
    { why: 'somebody else has it', stored: { ...running, owner: 'worker-2' } },
    { why: 'it has ended', stored: { ...running, state: 'SUCCESS' as const } },
  ])('changes nothing when $why', ({ stored }) => {
    const lost: unknown = expect.objectContaining({ code: 'EXHAUST.LEASE_LOST' });
    expect(() => continueRun(stored, { ...lease, nowMs: 5050 }, { percent: 1, rows: 1 })).toThrow(lost as Error);
    expect(() => succeedRun(stored, holder, [])).toThrow(lost as Error);
    expect(() => failRun(stored, holder, failure, limits)).toThrow(lost as Error);
    expect(() => returnRun(stored, holder)).toThrow(lost as Error);
  });
});

/** What may happen to a request, whoever does it and whenever. */
const anyStep = fc.record({
  what: fc.constantFrom('submit', 'claim', 'continue', 'succeed', 'fail', 'return' as const),
  owner: fc.constantFrom('worker-1', 'worker-2'),
  laterMs: fc.nat(3000),
  retryable: fc.boolean(),
});

it('whatever happens: tries are bounded, runs are never reused, no password outlives its request', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      let request: ReportRequest | undefined;
      let nowMs = 0;
      const begun: number[] = [];
      for (const { what, owner, laterMs, retryable } of steps) {
        nowMs += laterMs;
        const next = step(request, what, { owner, nowMs, leaseMs: 1000, retryable });
        if (what === 'claim' && next && next.run !== request?.run) begun.push(next.run);
        request = next;
        if (!request) continue;
        expect(request.tries).toBeLessThanOrEqual(limits.maxTries);
        expect(request.owner === null).toBe(request.state !== 'PROCESSING');
        if (!isOpen(request)) expect(request.password).toBeNull();
      }
      expect(new Set(begun).size).toBe(begun.length);
    }),
  );
});

type Step = (request: ReportRequest, by: RunLease, retryable: boolean) => ReportRequest;

const byHolder: Readonly<Record<'continue' | 'succeed' | 'fail' | 'return', Step>> = {
  continue: (request, by) => continueRun(request, by, { percent: 1, rows: 1 }),
  succeed: (request, by) => succeedRun(request, by, [file]),
  fail: (request, by, retryable) => failRun(request, by, { words: 'it broke', retryable }, limits),
  return: (request, by) => returnRun(request, by),
};

function claimed(request: ReportRequest, by: RunLease): ReportRequest {
  const outcome = claimRequest(request, by, limits);
  return outcome.kind === 'begun' || outcome.kind === 'given up' ? outcome.request : request;
}

function step(
  request: ReportRequest | undefined,
  what: 'submit' | 'claim' | keyof typeof byHolder,
  by: RunLease & { readonly retryable: boolean },
): ReportRequest | undefined {
  if (what === 'submit') {
    const outcome = submitRequest(request, aSubmission({ password }), by.nowMs);
    return outcome.kind === 'other password' ? request : outcome.request;
  }
  if (what === 'claim') return request && claimed(request, by);
  return request?.owner === by.owner ? byHolder[what](request, by, by.retryable) : request;
}
