import fc from 'fast-check';
import { type ArchivedCopy } from './archived-attempt';
import { type AttemptScore, entryKey } from './attempt-score';
import { attemptsCountKey, aggregatesOf, metricsOf, scoreKey } from './metrics';
import { mergeWithArchive, planArchived } from './plan-archived';
import { writeTimeOf } from './write-time';

const NOW_US = 9_000_000n;
const version = (timeMs: number, digest = 'd') => ({ timeMs, latestEtsMs: timeMs, questionCount: 1, digest });
const TOTALS_ONLY = { timeMs: 1_000, latestEtsMs: 0, questionCount: 0, digest: '' };

const archived = (given: Partial<ArchivedCopy> = {}): ArchivedCopy => ({
  contentId: 'c',
  attemptId: 'a',
  score: 4,
  maxScore: 10,
  version: version(1_000),
  createdOnMs: 1_500,
  updatedOnMs: 2_000,
  writeTimeUs: 0n,
  origin: 'reference',
  ...given,
});
const entry = (given: Partial<AttemptScore> = {}): AttemptScore => ({
  contentId: 'c',
  attemptId: 'a',
  score: 4,
  maxScore: 10,
  version: version(1_000),
  createdOnMs: 1_500,
  writeTimeUs: 5_000_001n,
  placeholder: false,
  ...given,
});
const placeholder = (ordinal: number, score: number): AttemptScore =>
  entry({
    attemptId: String(ordinal),
    score,
    placeholder: true,
    writeTimeUs: 1n,
    createdOnMs: 0,
    version: { ...TOTALS_ONLY, timeMs: 0 },
  });
const stored = (...entries: readonly AttemptScore[]) => new Map(entries.map((each) => [entryKey(each), each]));

const sentAgain = entry({ version: version(5_000), createdOnMs: 6_000, writeTimeUs: writeTimeOf(version(5_000)) });

interface Case {
  readonly why: string;
  readonly known?: AttemptScore;
  readonly copies: readonly ArchivedCopy[];
  /** Nothing: what is known stays as it is. */
  readonly becomes?: Partial<AttemptScore>;
  readonly conflicts?: readonly { readonly field: string; readonly kept: number; readonly left: number }[];
}

const cases: readonly Case[] = [
  {
    why: 'the archive alone knows it; the reference may have deleted it at any time until now',
    copies: [archived()],
    becomes: { score: 4, writeTimeUs: NOW_US, createdOnMs: 1_500 },
  },
  {
    why: 'Scorekeep deletes at the row’s own time',
    copies: [archived({ origin: 'scorekeep', writeTimeUs: 1_000_000n })],
    becomes: { writeTimeUs: 1_000_000n },
  },
  { why: 'the row says the same', known: entry(), copies: [archived()] },
  {
    why: 'the row is a later version',
    known: entry({ version: version(2_000), score: 1 }),
    copies: [archived({ score: 9 })],
  },
  {
    why: 'the archive has a later version than an older event left as a row',
    known: entry({ score: 9 }),
    copies: [archived({ version: version(2_000), score: 1 })],
    becomes: { score: 1, writeTimeUs: NOW_US, createdOnMs: 1_500 },
  },
  {
    why: 'written above all that was written before',
    known: entry({ writeTimeUs: NOW_US + 7n }),
    copies: [archived({ version: version(2_000) })],
    becomes: { writeTimeUs: NOW_US + 8n },
  },
  {
    why: 'at one time, the points of what is stored are kept',
    known: entry({ score: 4 }),
    copies: [archived({ score: 6 })],
    conflicts: [{ field: 'score', kept: 4, left: 6 }],
  },
  {
    why: 'agg_details gave way to the answers',
    known: entry({ version: TOTALS_ONLY, score: 9, writeTimeUs: NOW_US }),
    copies: [archived({ score: 4 })],
    becomes: { score: 4, version: version(1_000), writeTimeUs: NOW_US + 1n },
    conflicts: [{ field: 'score', kept: 4, left: 9 }],
  },
  {
    why: 'also where agg_details is later',
    known: entry({ version: { ...TOTALS_ONLY, timeMs: 8_000 }, score: 9 }),
    copies: [archived({ score: 4 })],
    becomes: { score: 4, version: version(1_000) },
  },
  {
    why: 'an archived row without answers does not hide answers',
    known: entry(),
    copies: [archived({ version: { ...TOTALS_ONLY, timeMs: 8_000 }, score: 9 })],
  },
  {
    why: 'of several copies the greatest version counts, created when the first was',
    copies: [
      archived({ version: version(3_000), score: 2, createdOnMs: 2_500 }),
      archived({ score: 8, createdOnMs: 700 }),
    ],
    becomes: { score: 2, createdOnMs: 700 },
  },
  {
    why: 'of copies that differ at one time the better points count',
    copies: [archived({ score: 3, maxScore: 5 }), archived({ score: 2, maxScore: 6 })],
    becomes: { score: 3, maxScore: 5 },
    conflicts: [
      { field: 'score', kept: 3, left: 2 },
      { field: 'maxScore', kept: 5, left: 6 },
    ],
  },
  {
    why: 'sent again after the filling: it was created when the archived one was',
    known: sentAgain,
    copies: [archived()],
    becomes: { score: 4, version: version(5_000), createdOnMs: 1_500, writeTimeUs: NOW_US },
  },
];

describe('planArchived: one attempt', () => {
  it.each(cases)('$why', ({ known, copies, becomes, conflicts = [] }) => {
    const plan = planArchived(stored(...(known ? [known] : [])), copies, NOW_US);
    expect(plan.entries).toEqual(becomes ? [expect.objectContaining(becomes)] : []);
    expect(plan.conflicts.map(({ field, kept, left }) => ({ field, kept, left }))).toEqual(
      expect.arrayContaining(conflicts.map((each) => expect.objectContaining(each) as unknown)),
    );
    expect(plan.conflicts).toHaveLength(conflicts.length);
  });
});

describe('planArchived: placeholders', () => {
  it.each([
    { why: 'one for one', placeholders: [7, 4], copies: ['x'], score: 7, left: 1 },
    {
      why: 'the best one stays until its score is reached',
      placeholders: [7, 4],
      copies: ['x', 'y'],
      score: 4,
      left: 1,
    },
    { why: 'all', placeholders: [7, 4], copies: ['x', 'y'], score: 7, left: 0 },
    { why: 'not those of attempts that stand nowhere else', placeholders: [7, 4, 4], copies: ['x'], score: 7, left: 2 },
    { why: 'not those of other contents', placeholders: [7], copies: ['x'], contentId: 'other', score: 7, left: 1 },
  ])('give way: $why', ({ placeholders, copies, score, left, contentId = 'c' }) => {
    const before = stored(...placeholders.map((points, index) => placeholder(index + 1, points)));
    const plan = planArchived(
      before,
      copies.map((attemptId) => archived({ attemptId, contentId, score })),
      NOW_US,
    );
    expect(placeholders.length - plan.removed.length).toBe(left);
  });

  it('give way to an attempt that was sent again, once', () => {
    const before = stored(placeholder(1, 4), sentAgain);
    const plan = planArchived(before, [archived()], NOW_US);
    expect(plan.removed).toEqual([placeholder(1, 4)]);
    expect(planArchived(after(before, plan), [archived()], NOW_US + 5n)).toMatchObject({ entries: [], removed: [] });
  });

  it('give way to an attempt that was sent again and became worse: what it is now counts', () => {
    const plan = planArchived(stored(placeholder(1, 9), sentAgain), [archived({ score: 9 })], NOW_US);
    expect(plan.removed).toEqual([placeholder(1, 9)]);
    expect(plan.entries).toMatchObject([{ score: 4 }]);
  });

  it('do not give way to an attempt that the filling found as a row', () => {
    const before = stored(placeholder(1, 4), entry());
    expect(planArchived(before, [archived()], NOW_US).removed).toEqual([]);
  });
});

/** What `recordScores` makes of a plan. */
function after(before: ReadonlyMap<string, AttemptScore>, plan: ReturnType<typeof planArchived>) {
  const attempts = new Map(before);
  for (const each of plan.entries) {
    const known = attempts.get(entryKey(each));
    attempts.set(entryKey(each), known ? mergeWithArchive(known, each) : each);
  }
  for (const each of plan.removed) attempts.delete(entryKey(each));
  return attempts;
}

describe('planArchived: always', () => {
  const points = fc.constantFrom(0, 1, 2.5, 7);
  const someVersion = fc.oneof(
    fc
      .constantFrom(1_000, 2_000, 3_000)
      .chain((timeMs) => fc.constantFrom('d', 'e').map((digest) => version(timeMs, digest))),
    fc.constantFrom(1_000, 4_000).map((timeMs) => ({ ...TOTALS_ONLY, timeMs })),
  );
  const ids = { contentId: fc.constantFrom('c', 'k'), attemptId: fc.constantFrom('a', 'b', 'x') };
  const someCopy = fc
    .record({
      ...ids,
      score: points,
      version: someVersion,
      createdOnMs: fc.constantFrom(500, 1_500),
      origin: fc.constantFrom('reference' as const, 'scorekeep' as const),
    })
    .map(archived);
  const someEntry = fc
    .record({
      ...ids,
      score: points,
      version: someVersion,
      createdOnMs: fc.constantFrom(1_500, 9_000),
      natural: fc.boolean(),
    })
    .map(({ natural, ...given }) =>
      entry({ ...given, ...(natural ? { writeTimeUs: writeTimeOf(given.version) } : {}) }),
    );
  const before = fc
    .tuple(fc.uniqueArray(someEntry, { selector: entryKey, maxLength: 4 }), fc.array(points, { maxLength: 3 }))
    .map(([entries, scores]) =>
      stored(
        ...entries,
        ...scores.sort((left, right) => right - left).map((score, index) => placeholder(index + 1, score)),
      ),
    );
  const copies = fc.array(someCopy, { maxLength: 6 });

  it('done, nothing more is planned, also later', () => {
    fc.assert(
      fc.property(before, copies, (attempts, given) => {
        const done = after(attempts, planArchived(attempts, given, NOW_US));
        expect(planArchived(done, given, NOW_US + 1_000n)).toMatchObject({ entries: [], removed: [] });
      }),
    );
  });

  it('the order of copies does not matter', () => {
    const shuffled = copies.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length })),
    );
    fc.assert(
      fc.property(before, shuffled, (attempts, [given, other]) => {
        const [left, right] = [given, other].map((each) => after(attempts, planArchived(attempts, each, NOW_US)));
        expect(right).toEqual(left);
      }),
    );
  });

  it('attempts of known answers never become smaller versions, and no attempt is lost', () => {
    fc.assert(
      fc.property(before, copies, (attempts, given) => {
        const done = after(attempts, planArchived(attempts, given, NOW_US));
        for (const [key, { version: was, placeholder: isPlaceholder }] of attempts) {
          if (isPlaceholder) continue;
          const is = done.get(key)?.version;
          expect(is).toBeDefined();
          if (was.digest !== '') expect(is?.timeMs).toBeGreaterThanOrEqual(was.timeMs);
        }
        for (const each of given) expect([...done.keys()]).toContain(entryKey({ ...each, placeholder: false }));
      }),
    );
  });

  it('a best score that only a placeholder holds, and the count of attempts, hold', () => {
    fc.assert(
      fc.property(before, copies, (attempts, given) => {
        const claimed = aggregatesOf(metricsOf([...attempts.values()].filter((each) => each.placeholder)));
        const metrics = aggregatesOf(metricsOf(after(attempts, planArchived(attempts, given, NOW_US)).values()));
        for (const contentId of claimed.size > 0 ? ['c'] : []) {
          // a better archived version of an attempt that has become worse since explains the score, too
          const known = given.filter((each) => each.contentId === contentId).map(({ score }) => score);
          const best = Math.max(metrics.get(scoreKey(contentId)) ?? -Infinity, ...known);
          expect(best).toBeGreaterThanOrEqual(claimed.get(scoreKey(contentId)) ?? 0);
          expect(metrics.get(attemptsCountKey(contentId))).toBeGreaterThanOrEqual(
            claimed.get(attemptsCountKey(contentId)) ?? 0,
          );
        }
      }),
    );
  });
});
