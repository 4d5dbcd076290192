import fc from 'fast-check';
import { AppError } from '@scorekeep/platform/util-errors';
import { failureOutcome, isDoubtful, MAX_DOUBTFUL_FAILURES, MAX_UNEXPLAINED_FAILURES } from './failure-outcome';

const retryable = (code: string): AppError => new AppError(code, 'failed', { retryable: true });
const down = retryable('CASSANDRA.UNAVAILABLE');
const timeout = retryable('CASSANDRA.TIMEOUT');
const refused = new AppError('CASSANDRA.INVALID_QUERY', 'too large');
const defect = new TypeError('x');

describe('failureOutcome', () => {
  it.each([
    { name: 'a server away, first time', error: down, total: 1, alone: 0 },
    { name: 'a time-out, first time', error: timeout, total: 1, alone: 0 },
    { name: 'a time-out that others have too', error: timeout, total: 1_000, alone: MAX_DOUBTFUL_FAILURES - 1 },
    { name: 'a refusal, first time', error: refused, total: 1, alone: 0 },
    { name: 'a refusal that others have too', error: refused, total: 1_000, alone: MAX_UNEXPLAINED_FAILURES - 1 },
    { name: 'a defect, first time', error: defect, total: 1, alone: 0 },
    { name: 'no error at all', error: 'text', total: 1, alone: 0 },
  ])('tries again: $name', ({ error, total, alone }) => {
    const cause = error instanceof Error ? error : new Error('text');
    expect(failureOutcome(error, { total, alone })).toEqual({ kind: 'retry', cause });
  });

  it.each([
    { name: 'a time-out, alone, too often', error: timeout, total: 50, alone: 10, reason: 'CASSANDRA.TIMEOUT' },
    { name: 'a refusal, alone, too often', error: refused, total: 50, alone: 5, reason: 'CASSANDRA.INVALID_QUERY' },
    { name: 'a defect, too often', error: defect, total: 5, alone: 0, reason: 'internal error' },
    { name: 'no error at all, too often', error: 'text', total: 5, alone: 0, reason: 'internal error' },
  ])('sets aside: $name', ({ error, total, alone, reason }) => {
    expect(failureOutcome(error, { total, alone })).toEqual({ kind: 'dead-letter', reason: `failed: ${reason}` });
  });

  it.each([
    'CASSANDRA.UNAVAILABLE',
    'CASSANDRA.OVERLOADED',
    'CASSANDRA.REFUSED',
    'CASSANDRA.MISCONFIGURED',
    'KAFKA.UNAVAILABLE',
    'KAFKA.UNAUTHORIZED',
    'KAFKA.UNKNOWN_TOPIC',
    'CATALOGUE.UNAVAILABLE',
  ])('never sets aside for %s, however often and alone a record fails', (code) => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (total, alone, isRetryable) => {
        const error = new AppError(code, 'failed', { retryable: isRetryable });
        expect(failureOutcome(error, { total, alone }).kind).toBe('retry');
        expect(isDoubtful(error)).toBe(false);
      }),
    );
  });

  it('asks how neighbours fare where a server failed this request, not for a defect', () => {
    expect([timeout, refused, defect].map(isDoubtful)).toEqual([true, true, false]);
  });
});
