import { type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';
import { outcomeLabels } from './outcome-labels';

const deadLetter = (reason: string): RecordOutcome => ({
  ...{ kind: 'dead-letter', reason, topic: 'failed' },
  message: { key: null, value: null, headers: {} },
});

it.each<[RecordOutcome, string, string]>([
  [{ kind: 'done' }, 'done', ''],
  [{ kind: 'skip', reason: 'stale' }, 'skipped', 'stale'],
  [{ kind: 'retry', cause: new AppError('CASSANDRA.TIMEOUT', 'x') }, 'retried', 'CASSANDRA.TIMEOUT'],
  [{ kind: 'retry', cause: new TypeError('of user-1') }, 'retried', 'internal error'],
  [deadLetter('events.3.ets must be a finite number'), 'dead-lettered', 'events[].ets'],
  [deadLetter('invalid content'), 'dead-lettered', 'invalid content'],
])('%j counts as %s, %s', (outcome, label, reason) => {
  expect(outcomeLabels(outcome)).toEqual({ outcome: label, reason });
});
