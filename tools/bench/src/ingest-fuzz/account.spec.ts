import { attemptText, type DamagedEvent } from '@scorekeep/core/testing-core';
import { Account } from './account';

const ids = { userId: 'u', courseId: 'c', batchId: 'b', contentId: 'k', attemptId: 'a' };
const event = (value: object | null): DamagedEvent => ({
  ...{ key: 'u', damage: 'none' },
  value: value && new TextEncoder().encode(JSON.stringify(value)),
});

it('tells stored, set aside, recomputed and lost events apart', () => {
  const account = new Account(5);
  account.addDeadLetter(0, 'not JSON');
  account.addDeadLetter(0, 'not JSON');
  account.addDeadLetter(4, 'failed: internal error');
  const stored = new Set([attemptText(Object.values(ids))]);
  const isStored = (attempt: string): boolean => stored.has(attempt);
  const events = [null, { ...ids, events: [1] }, { ...ids, events: [] }, { ...ids, attemptId: 'x', events: [1] }, null];
  events.forEach((value, ordinal) => account.addEvent(ordinal, event(value), isStored));
  expect(account).toMatchObject({
    stored: 1,
    recomputed: 1,
    deadLetters: 2,
    repeated: 1,
    unexplained: 1,
    lostCount: 1,
  });
  expect(account.lost).toMatchObject([{ ordinal: 3 }]);
  expect(Object.fromEntries(account.reasons)).toEqual({ 'not JSON': 2, 'failed: internal error': 1 });
});

it('takes a record without a value that nobody set aside for lost', () => {
  const account = new Account(1);
  account.addEvent(0, event(null), () => true);
  expect(account.lostCount).toBe(1);
});
