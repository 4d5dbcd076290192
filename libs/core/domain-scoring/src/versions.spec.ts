import fc from 'fast-check';
import { anAnswer } from '@scorekeep/core/testing-core';
import { type AttemptVersion, compareVersions, versionOf } from './attempt-version';
import { eventTime } from './event-time';
import { attemptKey, learnerKey, placeholderKey } from './identity';
import { etsOffsetUs, writeTimeOf } from './write-time';

const someVersion: fc.Arbitrary<AttemptVersion> = fc.record({
  timeMs: fc.integer({ min: 1, max: 3 }),
  latestEtsMs: fc.integer({ min: 1, max: 3 }),
  questionCount: fc.integer({ min: 1, max: 2 }),
  digest: fc.constantFrom('a', 'b'),
});

describe('versions of an attempt', () => {
  it.each([
    ['time', { timeMs: 2 }],
    ['latest ets', { latestEtsMs: 2 }],
    ['number of questions', { questionCount: 2 }],
    ['digest', { digest: 'b' }],
  ])('are ordered by %s', (_, greater) => {
    const version = { timeMs: 1, latestEtsMs: 1, questionCount: 1, digest: 'a' };
    expect(compareVersions({ ...version, ...greater }, version)).toBeGreaterThan(0);
    expect(compareVersions(version, { ...version, ...greater })).toBeLessThan(0);
    expect(compareVersions(version, { ...version })).toBe(0);
  });

  it('are in one total order', () => {
    fc.assert(
      fc.property(someVersion, someVersion, someVersion, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('do not depend on the order of keys in a map of an answer', () => {
    const [forth, back] = [
      [
        ['1', 'a'],
        ['2', 'b'],
      ] as const,
      [
        ['2', 'b'],
        ['1', 'a'],
      ] as const,
    ].map((entries) => versionOf(1, [anAnswer({ resvalues: [new Map(entries)] })], (text) => text));
    expect(forth).toEqual(back);
  });

  it('tell apart every field of an answer', () => {
    const changes = [
      { questionId: 'x' },
      { etsMs: 1 },
      { score: 9 },
      { maxScore: 9 },
      { type: null },
      { title: 'x' },
      { description: '' },
      { resvalues: [] },
      { params: [] },
      { durationSeconds: 9 },
    ];
    const digests = [{}, ...changes].map((change) => versionOf(1, [anAnswer(change)], (text) => text).digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('have neither ets nor digest without answers', () => {
    expect(versionOf(7, [], (text) => text)).toEqual({ timeMs: 7, latestEtsMs: 0, questionCount: 0, digest: '' });
  });
});

describe('the time of an event', () => {
  it.each([
    {
      name: 'a right clock',
      assessmentTsMs: 100,
      recordTimestampMs: 200,
      nowMs: 300,
      timeMs: 100,
      recordMs: 200,
      cutBack: false,
    },
    {
      name: 'a clock ahead',
      assessmentTsMs: 900,
      recordTimestampMs: 200,
      nowMs: 300,
      timeMs: 200,
      recordMs: 200,
      cutBack: true,
    },
    {
      name: 'a record from the future',
      assessmentTsMs: 900,
      recordTimestampMs: 800,
      nowMs: 300,
      timeMs: 300,
      recordMs: 300,
      cutBack: true,
    },
    {
      name: 'a record without a time',
      assessmentTsMs: 100,
      recordTimestampMs: -1,
      nowMs: 300,
      timeMs: 100,
      recordMs: 300,
      cutBack: false,
    },
  ])('$name', ({ name: _, timeMs, recordMs, cutBack, ...clocks }) => {
    expect(eventTime(clocks)).toEqual({ timeMs, recordMs, cutBack });
  });
});

describe('write times', () => {
  const version = (timeMs: number, latestEtsMs = timeMs): AttemptVersion => ({
    timeMs,
    latestEtsMs,
    questionCount: 1,
    digest: '',
  });

  it.each([
    { elapsedMs: -5, offset: 0 },
    { elapsedMs: 0, offset: 0 },
    { elapsedMs: 31, offset: 31 },
    { elapsedMs: 63, offset: 63 },
    { elapsedMs: 64, offset: 64 },
    { elapsedMs: 66, offset: 65 },
    { elapsedMs: 3_600_000, offset: 566 },
    { elapsedMs: Number.MAX_SAFE_INTEGER, offset: 999 },
  ])('put an attempt answered $elapsedMs ms after its time $offset µs later', ({ elapsedMs, offset }) => {
    expect(etsOffsetUs(elapsedMs)).toBe(offset);
  });

  it('never decrease as the latest ets grows, and stay below 1 ms', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (left, right) => {
        const [early, late] = [Math.min(left, right), Math.max(left, right)];
        expect(etsOffsetUs(early)).toBeLessThanOrEqual(etsOffsetUs(late));
        expect(etsOffsetUs(late)).toBeLessThan(1000);
      }),
    );
  });

  it('are the time in µs for a first version', () => {
    expect(writeTimeOf(version(1_700_000_000_000))).toBe(1_700_000_000_000_000n);
  });

  it('lie above all that was written, by 1 µs and 1 µs per ms between the versions', () => {
    const history = { version: version(1000), writeTimeUs: 5_000_000_000n };
    expect(writeTimeOf(version(1000, 1001), history)).toBe(5_000_000_001n);
    expect(writeTimeOf(version(1500), history)).toBe(5_000_000_501n);
  });

  it('order two later versions as their times, whatever history both saw', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.bigInt({ min: 0n, max: 2n ** 60n }), (left, right, writeTimeUs) => {
        fc.pre(left < right);
        const history = { version: version(0), writeTimeUs };
        expect(writeTimeOf(version(left), history)).toBeLessThan(writeTimeOf(version(right), history));
      }),
    );
  });
});

describe('keys', () => {
  const id = fc.string({ unit: 'binary' });

  it('of attempts never meet, whatever the ids hold', () => {
    fc.assert(
      fc.property(id, id, id, id, (content, attempt, otherContent, otherAttempt) => {
        const same = content === otherContent && attempt === otherAttempt;
        const keys = [
          [content, attempt],
          [otherContent, otherAttempt],
        ].map(([contentId = '', attemptId = '']) => attemptKey({ contentId, attemptId }));
        expect(keys[0] === keys[1]).toBe(same);
      }),
    );
  });

  it('of placeholders meet no attempt’s', () => {
    fc.assert(
      fc.property(id, id, fc.nat(), (contentId, attemptId, ordinal) => {
        expect(placeholderKey(contentId, ordinal)).not.toBe(attemptKey({ contentId, attemptId }));
      }),
    );
  });

  it('of learners never meet', () => {
    expect(learnerKey({ userId: 'a', courseId: 'b:c', batchId: 'd' })).not.toBe(
      learnerKey({ userId: 'a', courseId: 'b', batchId: 'c:d' }),
    );
  });
});
