import { createHash } from 'node:crypto';
import { parseAssessRecord } from '@scorekeep/core/contract-events';
import { type DamageOptions, generateDamagedEvent } from './damaged-event.generator';
import { Random } from './random';

const options: DamageOptions = { idPrefix: 't', learners: 10, undamaged: 0.1, nowMs: 1_800_000_000_000 };
const some = (seed: number, events = 2_000) => {
  const random = new Random(seed);
  return Array.from({ length: events }, (_, ordinal) => generateDamagedEvent(random, ordinal, options));
};

const digestOf = (events: ReturnType<typeof some>): string =>
  events.reduce((hash, { key, value }) => hash.update(key).update(value ?? 'null'), createHash('sha256')).digest('hex');

it('gives the same damaged events for the same seed', () => {
  expect(digestOf(some(1))).toBe(digestOf(some(1)));
  expect(digestOf(some(1))).not.toBe(digestOf(some(2)));
});

it('gives valid and invalid ones of many kinds', () => {
  const events = some(3, 4_000);
  const parsed = events.map(({ value }) => parseAssessRecord(value));
  expect(new Set(events.map(({ damage }) => damage)).size).toBe(15);
  expect(new Set(parsed.map(({ kind }) => kind))).toEqual(new Set(['attempt', 'recompute', 'invalid']));
  expect(new Set(parsed.map((each) => (each.kind === 'invalid' ? each.reason : ''))).size).toBeGreaterThan(50);
  const undamaged = parsed.filter((_, index) => events[index]?.damage === 'none');
  expect(undamaged.every(({ kind }) => kind === 'attempt')).toBe(true);
});
