import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';
import { FailureLedger } from './failure-ledger';
import { MAX_DOUBTFUL_FAILURES, MAX_UNEXPLAINED_FAILURES } from './failure-outcome';

const timeout = new AppError('CASSANDRA.TIMEOUT', 'timed out', { retryable: true });
const down = new AppError('CASSANDRA.UNAVAILABLE', 'down', { retryable: true });

const recordAt = (offset: number): ConsumedRecord => ({
  ...{ topic: 'in', partition: 0, offset: String(offset), timestampMs: 0 },
  ...{ key: null, value: null, headers: {}, mayHaveBegun: true },
});

/** How often a record fails until it is set aside; `between` happens after each failure. */
function failuresUntilSetAside(ledger: FailureLedger, error: unknown, between: () => void): number | undefined {
  for (let failures = 1; failures <= 100; failures += 1) {
    if (ledger.failed(recordAt(1), error).kind === 'dead-letter') return failures;
    between();
  }
  return undefined;
}

describe('FailureLedger', () => {
  it('sets aside a record that keeps failing while its neighbours succeed', () => {
    const ledger = new FailureLedger();
    expect(failuresUntilSetAside(ledger, timeout, () => ledger.succeeded())).toBe(MAX_DOUBTFUL_FAILURES + 1);
  });

  it('never sets aside a record that fails together with all others', () => {
    const ledger = new FailureLedger();
    const othersFailToo = (): void => void ledger.failed(recordAt(2), timeout);
    expect(failuresUntilSetAside(ledger, timeout, othersFailToo)).toBeUndefined();
  });

  it('never sets aside a record while a server is away, whatever becomes of the others', () => {
    const ledger = new FailureLedger();
    expect(failuresUntilSetAside(ledger, down, () => ledger.succeeded())).toBeUndefined();
  });

  it('counts only successes after the failure before: what succeeded earlier proves nothing of now', () => {
    const ledger = new FailureLedger();
    for (let success = 0; success < 100; success += 1) ledger.succeeded();
    expect(failuresUntilSetAside(ledger, timeout, () => undefined)).toBeUndefined();
  });

  it('begins anew with a record that was handled meanwhile', () => {
    const ledger = new FailureLedger();
    for (let failure = 1; failure < MAX_UNEXPLAINED_FAILURES; failure += 1) ledger.failed(recordAt(1), new TypeError());
    ledger.forget([recordAt(1)]);
    expect(ledger.failed(recordAt(1), new TypeError()).kind).toBe('retry');
  });

  it('wants evidence as long as a failure is in doubt', () => {
    const ledger = new FailureLedger();
    ledger.failed(recordAt(1), down);
    expect(ledger.wantsEvidence).toBe(false);
    ledger.failed(recordAt(1), timeout);
    expect(ledger.wantsEvidence).toBe(true);
    ledger.succeeded();
    expect(ledger.wantsEvidence).toBe(false);
  });
});
