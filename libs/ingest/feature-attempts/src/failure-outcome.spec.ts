import { AppError } from '@scorekeep/platform/util-errors';
import { failureOutcome, MAX_UNEXPLAINED_FAILURES } from './failure-outcome';

const outage = new AppError('CASSANDRA.TIMEOUT', 'timed out', { retryable: true });
const refused = new AppError('CASSANDRA.INVALID_QUERY', 'too large');

describe('failureOutcome', () => {
  it.each([
    { name: 'an outage, first time', error: outage, failures: 1, outcome: { kind: 'retry', counts: false } },
    { name: 'an outage that lasts', error: outage, failures: 1_000, outcome: { kind: 'retry', counts: false } },
    { name: 'a refusal, first time', error: refused, failures: 1, outcome: { kind: 'retry', counts: true } },
    {
      name: 'a refusal, too often',
      error: refused,
      failures: MAX_UNEXPLAINED_FAILURES,
      outcome: { kind: 'dead-letter', reason: 'failed: CASSANDRA.INVALID_QUERY' },
    },
    { name: 'a defect, first time', error: new TypeError('x'), failures: 1, outcome: { kind: 'retry', counts: true } },
    {
      name: 'a defect, too often',
      error: new TypeError('x'),
      failures: MAX_UNEXPLAINED_FAILURES,
      outcome: { kind: 'dead-letter', reason: 'failed: internal error' },
    },
    { name: 'no error at all', error: 'text', failures: 1, outcome: { kind: 'retry', cause: new Error('text') } },
  ])('$name', ({ error, failures, outcome }) => {
    expect(failureOutcome(error, failures)).toMatchObject(outcome);
  });
});
