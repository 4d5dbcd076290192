import { anAnswer, anAttemptEvent } from '@scorekeep/core/testing-core';
import { type AttemptScore } from './attempt-score';
import { type AttemptEvent, reconcileAttempt } from './reconcile-attempt';

function stored(event: AttemptEvent): AttemptScore {
  const result = reconcileAttempt(event, undefined);
  if (result.kind !== 'write') throw new Error('a first event is written');
  return result.entry;
}

const first = anAttemptEvent({ timeMs: 1_000_000, recordMs: 2_000_000, score: 5 });

describe('reconcileAttempt', () => {
  it('writes a first event at its own time', () => {
    expect(stored(first)).toMatchObject({ score: 5, maxScore: 10, createdOnMs: 2_000_000, placeholder: false });
    expect(stored(first).version.timeMs).toBe(1_000_000);
    expect(stored(first).writeTimeUs / 1000n).toBe(1_000_000n);
  });

  it('writes a first event above a write whose outcome is unknown', () => {
    const inVain = stored(first).writeTimeUs;
    expect(reconcileAttempt(first, undefined, inVain)).toMatchObject({ entry: { writeTimeUs: inVain + 1n } });
  });

  it.each([
    { name: 'a later time', event: { timeMs: 1_000_001, score: 1 } },
    { name: 'the same time answered later', event: { timeMs: 1_000_000, answers: [anAnswer({ etsMs: 1_005_000 })] } },
  ])('writes a greater version ($name) above the stored one, and keeps the earlier creation', ({ event }) => {
    const before = stored(first);
    const result = reconcileAttempt(anAttemptEvent({ recordMs: 3_000_000, ...event }), before);
    expect(result).toMatchObject({ kind: 'write', entry: { createdOnMs: 2_000_000 } });
    if (result.kind === 'write') expect(result.entry.writeTimeUs).toBeGreaterThan(before.writeTimeUs);
  });

  it('knows a repeat', () => {
    expect(reconcileAttempt({ ...first }, stored(first))).toEqual({ kind: 'repeat' });
  });

  it('knows a repeat whose time was cut back later than before', () => {
    const again = { ...first, time: { timeMs: 1_500_000, recordMs: 2_500_000, cutBack: true } };
    expect(reconcileAttempt(again, stored(first))).toEqual({ kind: 'repeat' });
  });

  it('takes other content at a time cut back for what it is: a later version', () => {
    const other = anAttemptEvent({ timeMs: 1_500_000, cutBack: true, score: 1 });
    expect(reconcileAttempt(other, stored(first))).toMatchObject({ kind: 'write', entry: { score: 1 } });
  });

  it('leaves a smaller version', () => {
    const older = anAttemptEvent({ timeMs: 900_000, recordMs: 2_000_001, score: 9 });
    expect(reconcileAttempt(older, stored(first))).toEqual({ kind: 'stale' });
  });

  it('lets a smaller version lower the creation time, 1 µs above the stored one', () => {
    const before = stored(first);
    const older = anAttemptEvent({ timeMs: 900_000, recordMs: 1_000_000, score: 9 });
    expect(reconcileAttempt(older, before)).toEqual({
      kind: 'stale',
      lowered: { ...before, createdOnMs: 1_000_000, writeTimeUs: before.writeTimeUs + 1n },
    });
  });
});
